package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole trees of real processes that do not want to end as they are told. */
@EnabledOnOs(OS.LINUX)
class PosixLeftoversTest {
  private static final ChildId A = ChildId.of("a");

  // Each run writes the pid of its daemon on a line, and looks whether that of the one before
  // lives.
  private static final String DAEMON_THEN_CRASH =
      "grep -q '^State:.[^Z]' /proc/$(tail -n 1 $0)/status && echo beside >> $1;"
          + " setsid sh -c 'sleep 60 & echo $! >> $0' $0; sleep 0.1; exit 3";

  private final PosixWorld world = new PosixWorld();

  @TempDir Path directory;

  @AfterEach
  void leaveNothingBehind() throws IOException {
    world.close();
    for (long pid : daemons()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** F15. */
  @Test
  void restart_neverRunsBesideADaemonOfTheLastRun_andTheyAreTold() throws IOException {
    List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
    ProcessSpec child =
        ProcessSpec.builder("a", "sh", "-c", DAEMON_THEN_CRASH, file(), file() + "-beside")
            .withReadiness(ReadinessSpec.atLaunch())
            .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofMillis(1))))
            .build();
    Supervisor tree =
        world.start(
            SupervisorSpec.builder("suite").addChild(child).build(),
            published -> events.add(published.event()));

    world.awaitUntil("five restarts", () -> tree.child(A).orElseThrow().counters().restarts() >= 5);
    world.await(tree.down(A));

    assertThat(Path.of(file() + "-beside")).doesNotExist();
    assertThat(daemons()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(daemons()).noneMatch(PosixLeftoversTest::isAlive);
    assertThat(events)
        .filteredOn(SupervisorEvent.LeftBehind.class::isInstance)
        .map(event -> ((SupervisorEvent.LeftBehind) event).leftovers())
        .contains(Leftovers.KILLED);
  }

  /** F13: TERM alone would not wake it. */
  @Test
  void stoppedChild_hearsTerm_sinceContFollows() throws Exception {
    ProcessSpec child =
        ProcessSpec.builder("a", "sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.05; done")
            .withReadiness(ReadinessSpec.aliveFor(Duration.ofMillis(300)))
            .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(30)))
            .build();
    Supervisor tree = world.start(SupervisorSpec.builder("suite").addChild(child).build());
    ChildSnapshot ready = world.await(tree.ready()).children().get(0);
    String group = "-" + ready.pid().orElseThrow();
    new ProcessBuilder("/bin/kill", "-s", "STOP", "--", group).start().waitFor();
    world.awaitUntil("it stands still", () -> world.standsStill(ready));

    ChildSnapshot down = world.await(tree.down(A));

    assertThat(down.lastExit().orElseThrow().status()).isEqualTo(new ExitStatus.Exited(7));
  }

  private String file() {
    return directory.resolve("pids").toString();
  }

  private List<Long> daemons() throws IOException {
    Path file = Path.of(file());
    List<Long> pids = new ArrayList<>();
    if (Files.exists(file)) {
      Files.readAllLines(file).forEach(line -> pids.add(Long.parseLong(line)));
    }
    return pids;
  }

  /** A zombie that nobody reaps is not. */
  private static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }
}
