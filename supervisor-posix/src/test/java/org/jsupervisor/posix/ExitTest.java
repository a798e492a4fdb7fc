package org.jsupervisor.posix;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ends that are noticed by pidfd. */
@EnabledOnOs(OS.LINUX)
class ExitTest extends ExitContract {
  ExitTest() {
    super(ExitDetection.pidfd());
  }

  @Test
  void threads_areAsManyWithTwoHundredChildrenAsWithOne() {
    List<Incarnation> runs = new ArrayList<>();
    runs.add(fixture.launch(new CollectingSink(), "sleep", "60"));
    fixture.awaitLaunched(runs.get(0));
    long before = ourThreads();

    for (int i = 1; i < 200; i++) {
      runs.add(fixture.launch(new CollectingSink(), "sleep", "60"));
    }
    runs.forEach(fixture::awaitLaunched);

    // Those of another test may be still ending.
    fixture.await("no more threads than before", () -> ourThreads() <= before);
    // One spawns, one reads, one searches for leftovers.
    fixture.await("three threads of ours", () -> supervisorThreads() == 3);
  }

  private static long ourThreads() {
    // Without those of the JVM itself, which come and go (compilers, reference handling).
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .count();
  }

  private static long supervisorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("supervisor-"))
        .count();
  }
}
