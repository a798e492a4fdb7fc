package org.jsupervisor.wish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Request;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishMemoryTest {
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId DB = ChildId.of("db");

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void prepare() {
    file = root.resolve("wishes");
  }

  private static ProcessSpec spec(ChildId id, Desire initially) {
    return ProcessSpec.builder(id.path(), "program").withInitially(initially).build();
  }

  /** A host that begins, and ends; web is wanted up, db down by their definitions. */
  private final class Host implements AutoCloseable {
    private final WishMemory memory = WishMemory.open(file);
    private final SimulatedPlatform platform = new SimulatedPlatform(1_000);
    private final InvokedSupervisor tree;

    Host() {
      SupervisorSpec.Builder spec = SupervisorSpec.builder("t");
      spec.addChild(memory.applied(spec(WEB, Desire.UP)));
      spec.addChild(memory.applied(spec(DB, Desire.DOWN)));
      platform.register("program", SimulatedProgram.runs());
      tree = SupervisorBuilder.of(spec.build(), platform).startInvoked();
      memory.follow(tree.supervisor());
    }

    void does(CompletionStage<?> operation) {
      for (int cycle = 0; cycle < 1_000 && !operation.toCompletableFuture().isDone(); cycle++) {
        int unused = tree.doWork(Duration.ofSeconds(1));
      }
      assertThat(operation.toCompletableFuture()).isCompleted();
    }

    boolean isWantedUp(ChildId id) {
      return tree.supervisor().child(id).map(child -> child.desire() == Desire.UP).orElse(false);
    }

    Phase phase(ChildId id) {
      return tree.supervisor().child(id).orElseThrow().phase();
    }

    @Override
    public void close() {
      tree.close();
      memory.close();
    }
  }

  @Test
  void whoWasToldToBeDown_isNotStartedByTheNextHost() {
    try (Host host = new Host()) {
      assertThat(host.phase(WEB)).isNotEqualTo(Phase.DOWN);
      host.does(host.tree.supervisor().down(WEB, Request.of("anna", "the disk is being replaced")));
    }
    try (Host host = new Host()) {
      assertThat(host.phase(WEB)).isEqualTo(Phase.DOWN);
      assertThat(host.memory.wishes())
          .singleElement()
          .satisfies(
              wish -> {
                assertThat(wish.child()).isEqualTo(WEB);
                assertThat(wish.desire()).isEqualTo(Desire.DOWN);
                assertThat(wish.reason()).contains("the disk is being replaced");
              });
      host.does(host.tree.supervisor().up(WEB));
      assertThat(host.memory.wishes()).isEmpty();
    }
    try (Host host = new Host()) {
      assertThat(host.phase(WEB)).isNotEqualTo(Phase.DOWN);
    }
  }

  @Test
  void whoWasToldToBeUp_isStartedByTheNextHost_thoughItsDefinitionSaysDown() {
    try (Host host = new Host()) {
      assertThat(host.phase(DB)).isEqualTo(Phase.DOWN);
      host.does(host.tree.supervisor().up(DB));
    }
    try (Host host = new Host()) {
      assertThat(host.phase(DB)).isNotEqualTo(Phase.DOWN);
    }
  }

  @Test
  void stopOfTheTree_isNobodysWish() {
    try (Host host = new Host()) {
      host.does(host.tree.supervisor().stop("the host goes"));
      assertThat(host.memory.wishes()).isEmpty();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whoIsRemoved_isForgotten() {
    try (Host host = new Host()) {
      host.does(host.tree.supervisor().down(WEB, Request.of("anna", "for a while")));
      host.does(host.tree.supervisor().remove(WEB));
      assertThat(host.memory.wishes()).isEmpty();
    }
    assertThat(WishMemory.open(file).wishes()).isEmpty();
  }

  @Test
  void whoIsRemovedWhileTheHostEnds_isForgotten_andTheRemovalIsNobodysWish() {
    try (Host host = new Host()) {
      var removal = host.tree.supervisor().remove(WEB).toCompletableFuture();
      for (int cycle = 0; cycle < 1_000 && host.isWantedUp(WEB); cycle++) {
        int unused = host.tree.doWork(Duration.ZERO);
      }
      assertThat(host.memory.wishes()).isEmpty();
      assertThat(removal).isNotCompletedExceptionally();
    }
    assertThat(WishMemory.open(file).wishes()).isEmpty();
  }

  @Test
  void runOnce_isNothingThatLasts() {
    try (Host host = new Host()) {
      host.does(host.tree.supervisor().up(DB));
      host.does(host.tree.supervisor().once(WEB));
      host.does(host.tree.supervisor().once(DB));
      assertThat(host.memory.wishes()).isEmpty();
      host.platform.kill(WEB);
      for (int cycle = 0; cycle < 1_000 && host.phase(WEB) != Phase.DOWN; cycle++) {
        int unused = host.tree.doWork(Duration.ofSeconds(1));
      }
      assertThat(host.phase(WEB)).isEqualTo(Phase.DOWN);
      assertThat(host.memory.wishes()).isEmpty();
    }
    try (Host host = new Host()) {
      assertThat(host.phase(WEB)).isNotEqualTo(Phase.DOWN);
      assertThat(host.phase(DB)).isEqualTo(Phase.DOWN);
    }
  }

  @Test
  void whoRunsOnceByDefinition_runsAtEachStart() {
    ChildId job = ChildId.of("job");
    for (int start = 0; start < 2; start++) {
      try (Host host = new Host()) {
        ProcessSpec once = host.memory.applied(spec(job, Desire.ONCE));
        assertThat(once.initially()).isEqualTo(Desire.ONCE);
        host.does(host.tree.supervisor().define(once));
        host.does(host.tree.supervisor().down(job, Request.of("anna", "not now")));
        assertThat(host.memory.wishes()).isEmpty();
      }
    }
  }

  @Test
  void f45_badFile_startsAfresh_andIsTold() throws IOException {
    Files.writeString(file, "supervisor wishes 9\n");
    try (Host host = new Host()) {
      assertThat(host.memory.problem().orElseThrow())
          .contains("must have format version 1, was '9'");
      assertThat(host.phase(WEB)).isNotEqualTo(Phase.DOWN);
      host.does(host.tree.supervisor().down(WEB, Request.of("anna", "now")));
    }
    assertThat(WishMemory.open(file).wishes()).hasSize(1);
    assertThat(root.resolve("wishes.bad")).hasContent("supervisor wishes 9\n");
  }

  @Test
  void f45_diskThatIsFullForAWhile_stopsNothing_andItIsSavedWhenThereIsRoom() {
    FillingDisk disk = new FillingDisk();
    disk.full = true;
    WishMemory memory = WishMemory.open(file, disk);
    SimulatedPlatform platform = new SimulatedPlatform(1_000);
    platform.register("program", SimulatedProgram.runs());
    SupervisorSpec spec =
        SupervisorSpec.builder("t").addChild(memory.applied(spec(WEB, Desire.UP))).build();
    try (InvokedSupervisor tree = SupervisorBuilder.of(spec, platform).startInvoked()) {
      memory.follow(tree.supervisor());
      var down = tree.supervisor().down(WEB, Request.of("anna", "now")).toCompletableFuture();
      for (int cycle = 0; cycle < 1_000 && !down.isDone(); cycle++) {
        int unused = tree.doWork(Duration.ofSeconds(1));
      }
      assertThat(down).isCompleted();
    }
    disk.full = false;
    memory.close();
    assertThat(WishMemory.open(file).wishes()).hasSize(1);
  }

  private static final class FillingDisk extends DelegatingDisk {
    private volatile boolean full;

    @Override
    public void write(Path to, byte[] content) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      super.write(to, content);
    }
  }
}
