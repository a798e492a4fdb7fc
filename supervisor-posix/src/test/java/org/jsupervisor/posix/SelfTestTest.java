package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.SelfTestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class SelfTestTest {
  @ParameterizedTest
  @EnumSource(ExitDetection.Method.class)
  void everyPromise_isKeptHere(ExitDetection.Method method) {
    PosixOptions options = PosixOptions.defaults().withExitDetection(new ExitDetection(method, 10));

    SelfTestReport report = PosixSelfTest.run(options);

    assertThat(report.checks()).allMatch(c -> c.outcome() == SelfTestReport.Outcome.PASSED);
    assertThat(report.passed()).isTrue();
    assertThat(report.checks())
        .extracting(SelfTestReport.Check::name)
        .containsExactly(
            "init",
            "start",
            "output",
            "stop",
            "descriptors",
            "stdin",
            "signal mask",
            "ignored signals",
            "group and session",
            "directory",
            "umask",
            "environment",
            "exit status",
            "launch error",
            "start of a group",
            "kill",
            "kill of the group");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void platformInUse_isNotDisturbed() {
    try (var fixture = new PlatformFixture()) {
      Incarnation run = fixture.launch("sleep", "60");
      fixture.awaitLaunched(run);

      var report = CompletableFuture.supplyAsync(fixture.platform::selfTest);
      fixture.await("the self-test", report::isDone);

      assertThat(report.join().passed()).isTrue();
      assertThat(fixture.reports).hasSize(1);
    }
  }

  @Test
  void hostWithoutAShell_failsByName_andTriesTheRest() {
    SelfTestReport report =
        PosixSelfTest.run(PosixOptions.defaults().withHostEnvironment(Map.of("PATH", "/nowhere")));

    assertThat(report.passed()).isFalse();
    assertThat(report.checks().get(1).toString()).startsWith("FAILED start: ENOENT");
    assertThat(report.checks())
        .filteredOn(check -> check.name().equals("launch error"))
        .extracting(SelfTestReport.Check::outcome)
        .containsExactly(SelfTestReport.Outcome.PASSED);
  }

  @Test
  void childThatIsNotOurs_isSeenAsItIs() throws IOException {
    var builder = new ProcessBuilder("sleep", "60").directory(new File("/"));
    builder.environment().clear();
    builder.environment().put("A", "b=c");
    Process sleep = builder.start();
    try {
      ChildOnDisplay child = new ChildOnDisplay(Long.toString(sleep.pid()));

      assertThat(child.leadsItsSession()).isFalse();
      assertThat(child.link("cwd")).isEqualTo("/");
      assertThat(child.link("fd/0")).startsWith("pipe:");
      assertThat(child.environment()).isEqualTo(Map.of("A", "b=c"));
      assertThat(child.isZero("State")).isFalse();
      assertThat(child.isGone()).isFalse();
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void processThatIsNotThere_isToldAsText() {
    ChildOnDisplay nobody = new ChildOnDisplay("999999999");

    assertThat(nobody.isGone()).isTrue();
    assertThat(nobody.descriptors()).startsWith("cannot be read");
    assertThat(nobody.groupAndSession()).startsWith("cannot be read");
    assertThat(nobody.isZero("SigBlk")).isFalse();
  }
}
