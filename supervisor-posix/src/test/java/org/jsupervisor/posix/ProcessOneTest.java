package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** F10, peers' bug 15: a host that is process 1 of its pid namespace. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ProcessOneTest {
  @TempDir Path directory;

  @Test
  void f10_hostThatIsProcessOne_isWarned_andTakesNoZombieForALiveChild() throws Exception {
    Assumed.hostAsProcessOne();
    String file = directory.resolve("daemon").toString();
    try (HostJvm host = HostJvm.start(HostJvm.AS_PROCESS_ONE, ProcessOneHost.class, file)) {
      List<String> said = host.linesUntil("closed");

      assertThat(said)
          .contains(
              "host: 1",
              "exit: exit code 3",
              // The daemon; the zombies are nobody.
              "left behind: [1]",
              "facts: Optional.empty",
              "next: exit code 4",
              "left behind by the next: []",
              "PASSED kill of the group: child of the child is gone")
          .anyMatch(line -> line.startsWith("WARNED init: this JVM is process 1: orphans"))
          .noneMatch(line -> line.startsWith("FAILED"));
      // In the log, when the platform is opened, and once more by the self-test's own.
      assertThat(said)
          .filteredOn(line -> line.matches(".*WARN org.*this JVM is process 1:.*"))
          .hasSize(2);
    }
  }

  @Test
  void f10_anyOtherHost_isNotWarned() {
    assertThat(HostCheck.warningOf(2)).isEmpty();
    assertThat(HostCheck.warningOf(ProcessHandle.current().pid()))
        .as("this test's JVM is not process 1")
        .isEmpty();
  }
}
