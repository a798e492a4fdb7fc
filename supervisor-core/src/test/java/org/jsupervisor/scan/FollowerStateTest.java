package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.Request;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.rescan.DirectoryScan;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.ScanState;
import org.jsupervisor.rescan.WatchState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a directory that is followed, and what they may ask. */
class FollowerStateTest {
  private static final Request DEPLOY = Request.of("jmx:olga", "deploy");

  @TempDir Path root;
  private DefinitionFixture disk;
  private DirectoryFollower follower;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();

  /** What is to be read, when the test says so. */
  private final Deque<Runnable> turns = new ArrayDeque<>();

  @BeforeEach
  void follow() throws IOException {
    disk = new DefinitionFixture(root);
    disk.file("web.properties", "command=sleep\n");
    disk.file("bad.properties", "command=\n");
    ScanDirectory directory = ScanDirectory.of(root, disk.settings());
    ScanResult found = directory.read();
    found.specs().forEach(spec -> supervisor.children.put(spec.id(), spec));
    follower = DirectoryFollower.following(directory, found, supervisor, turns::add);
  }

  private void takeTurns() {
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
  }

  private ScanReport done(CompletableFuture<ScanReport> rescan) {
    takeTurns();
    return rescan.join();
  }

  @Test
  void state_beginsWithWhatTheTreeBeganWith() {
    DirectoryScan scan = follower;
    ScanState state = scan.state();

    assertThat(state.directory()).isEqualTo(root);
    assertThat(state.watch()).isEqualTo(WatchState.NONE);
    assertThat(state.underWay()).isZero();
    assertThat(state.scans()).isZero();
    assertThat(state.lastPlan()).isEmpty();
    ScanReport start = state.lastScan().report().orElseThrow();
    assertThat(start.added()).containsExactly(ChildId.of("web"));
    assertThat(start.problems()).hasSize(1);
  }

  @Test
  void rescan_isToldToChildren_inTheNameOfWhoAsked_andRemembered() throws IOException {
    disk.file("db.properties", "command=sleep\n");
    CompletableFuture<ScanReport> rescan = follower.rescan(DEPLOY).toCompletableFuture();
    assertThat(follower.state().underWay()).isEqualTo(1);

    assertThat(done(rescan).added()).containsExactly(ChildId.of("db"));

    assertThat(supervisor.askers).containsExactly(DEPLOY);
    ScanState state = follower.state();
    assertThat(state.underWay()).isZero();
    assertThat(state.scans()).isEqualTo(1);
    assertThat(state.failures()).isZero();
    assertThat(state.lastScan().request()).isEqualTo(DEPLOY);
    assertThat(state.lastScan().report()).contains(rescan.join());

    disk.file("queue.properties", "command=sleep\n");
    ScanReport unused = done(follower.rescanForChanges().toCompletableFuture());
    assertThat(supervisor.askers.get(1).asker()).isEqualTo("scan");
    assertThat(follower.state().lastScan().request().asker()).isEqualTo("scan");
  }

  @Test
  void childWhoseDefinitionIsGone_isRemovedForThatReason_andNotForAChange() throws IOException {
    disk.file("db.properties", "command=sleep\n");
    Files.delete(root.resolve("web.properties"));
    ScanReport unused = done(follower.rescanForChanges().toCompletableFuture());
    assertThat(supervisor.calls).containsExactly("remove web", "define db");
    assertThat(supervisor.askers)
        .containsExactly(
            Request.of("scan", "its definition is gone"),
            Request.of("scan", "its definition has changed"));
  }

  @Test
  void rescansThatWait_areOne_theFirstAskers_whichNamesTheOthers() throws IOException {
    disk.file("db.properties", "command=sleep\n");
    CompletableFuture<ScanReport> first = follower.rescan(DEPLOY).toCompletableFuture();
    CompletableFuture<ScanReport> second =
        follower.rescan(Request.of("jmx:eve", "me too")).toCompletableFuture();

    assertThat(turns).hasSize(1);
    assertThat(done(second)).isEqualTo(first.join());
    assertThat(follower.state().scans()).isEqualTo(1);
    Request all = Request.of("jmx:olga", "deploy; also for jmx:eve");
    assertThat(follower.state().lastScan().request()).isEqualTo(all);
    assertThat(supervisor.askers).containsExactly(all);

    ScanReport unused = done(follower.rescan(DEPLOY).toCompletableFuture());
    assertThat(follower.state().lastScan().request()).isEqualTo(DEPLOY);
  }

  @Test
  void rescanOnAGeneration_isRefused_sinceThatIsAChilds() {
    assertThatThrownBy(() -> follower.rescan(DEPLOY.expecting(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generation");
    assertThat(turns).isEmpty();
    assertThat(follower.state().underWay()).isZero();
  }

  @Test
  void directoryThatIsGone_isAFailure_andNothingElse() throws IOException {
    try (var files = Files.list(root)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(root);
    CompletableFuture<ScanReport> rescan = follower.rescan(DEPLOY).toCompletableFuture();
    takeTurns();

    assertThat(rescan).isCompletedExceptionally();
    ScanState state = follower.state();
    assertThat(state.failures()).isEqualTo(1);
    assertThat(state.scans()).isEqualTo(1);
    assertThat(state.underWay()).isZero();
    assertThat(state.lastScan().failure()).contains(root.toString());
    assertThat(state.lastScan().report()).isEmpty();
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void scansAndFailures_areCountedEachForItself() throws IOException {
    ScanReport unused = done(follower.rescan(DEPLOY).toCompletableFuture());
    Path elsewhere = root.resolveSibling(root.getFileName() + "-elsewhere");
    Files.move(root, elsewhere);
    CompletableFuture<ScanReport> failed = follower.rescan(DEPLOY).toCompletableFuture();
    takeTurns();
    Files.move(elsewhere, root);
    assertThat(failed).isCompletedExceptionally();
    ScanReport again = done(follower.rescan(DEPLOY).toCompletableFuture());
    CompletableFuture<ScanReport> waiting = follower.rescan(DEPLOY).toCompletableFuture();

    ScanState state = follower.state();
    assertThat(state.scans()).isEqualTo(3);
    assertThat(state.failures()).isEqualTo(1);
    assertThat(state.underWay()).isEqualTo(1);
    assertThat(state.lastScan().report()).contains(again);
    assertThat(waiting).isNotDone();
  }

  @Test
  void plansThatWait_areOne_andTheLastIsRemembered() throws IOException {
    CompletableFuture<ChangePlan> first = follower.plan().toCompletableFuture();
    CompletableFuture<ChangePlan> second = follower.plan().toCompletableFuture();
    assertThat(turns).hasSize(1);
    disk.file("db.properties", "command=sleep\n");
    takeTurns();

    assertThat(first.join())
        .isEqualTo(second.join())
        .hasToString("start db: new\nkeep web: unchanged");
    assertThat(follower.state().lastPlan().orElseThrow().plan()).isEqualTo(first.join());
    assertThat(supervisor.calls).isEmpty();

    CompletableFuture<ChangePlan> later = follower.plan().toCompletableFuture();
    assertThat(turns).hasSize(1);
    takeTurns();
    assertThat(later.join()).isEqualTo(first.join());
  }
}
