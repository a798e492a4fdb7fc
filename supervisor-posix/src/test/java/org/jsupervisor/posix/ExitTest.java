package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    assertThat(supervisorThreads())
        .filteredOn(name -> !name.endsWith("-away"))
        .as("those left behind by other tests have these names, too")
        .isSubsetOf(
            "supervisor-spawner",
            "supervisor-output-1",
            "supervisor-output-watch",
            "supervisor-leftovers");
  }

  private static long ourThreads() {
    // Without those of the JVM itself, which come and go (compilers, reference handling).
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .count();
  }

  private static Set<String> supervisorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("supervisor-"))
        .collect(Collectors.toSet());
  }
}
