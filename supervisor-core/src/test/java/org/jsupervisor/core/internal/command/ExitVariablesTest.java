package org.jsupervisor.core.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.StopSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a run in the variables of systemd. */
class ExitVariablesTest {
  private static final ExitSet CLEAN = ExitSet.SYSTEMD_CLEAN.or(ExitSet.codes(143));
  private static final StopSpec STOP = StopSpec.of(Signal.TERM, Duration.ofSeconds(1));

  private static Map<String, String> variables(ExitStatus status, ExitCause cause, StopSpec stop) {
    Incarnation run = new Incarnation(ChildId.of("web"), 1);
    return new ExitVariables(new Exit(run, status, cause, Duration.ZERO), CLEAN, stop).all();
  }

  private static ExitStatus status(String written) {
    return written.matches("[0-9]+")
        ? new ExitStatus.Exited(Integer.parseInt(written))
        : new ExitStatus.Signalled(
            new Signal(written.replace("+core", "")), written.endsWith("+core"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,         BY_ITSELF,     exited, success",
    "3,         BY_ITSELF,     exited, exit-code",
    "143,       BY_ITSELF,     exited, success",
    "TERM,      ASKED_TO_STOP, killed, success",
    "KILL,      BY_ITSELF,     killed, signal",
    "KILL,      ASKED_TO_STOP, killed, timeout",
    "SEGV+core, BY_ITSELF,     dumped, core-dump",
    "TERM,      START_TIMEOUT, killed, timeout",
    "ABRT+core, WATCHDOG,      dumped, watchdog"
  })
  void end_isThreeVariables(String status, ExitCause cause, String code, String result) {
    assertThat(variables(status(status), cause, STOP))
        .isEqualTo(
            Map.of(
                "EXIT_CODE", code,
                "EXIT_STATUS", status.replace("+core", ""),
                "SERVICE_RESULT", result));
  }

  @Test
  void killThatWasAskedFor_isNoTimeout() {
    StopSpec kill = StopSpec.of(Signal.KILL, Duration.ofSeconds(1));
    assertThat(variables(status("KILL"), ExitCause.ASKED_TO_STOP, kill))
        .containsEntry("SERVICE_RESULT", "signal");
  }

  @Test
  void endOfWhichNothingIsKnown_isNoVariable() {
    assertThat(variables(new ExitStatus.Lost("reaped"), ExitCause.BY_ITSELF, STOP)).isEmpty();
  }
}
