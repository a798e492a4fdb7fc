package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.definition.RestartStory;
import org.jsupervisor.definition.systemd.SystemdPolicy.Rule;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.process.ExitCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The restart rule of systemd, as the table in its manual has it. */
class SystemdPolicyTest {
  private static final String AGAIN = "restart after 2";

  private static RestartStory story(Rule rule, ExitSet prevent, ExitSet force) {
    return new RestartStory(
        new SystemdPolicy(
            rule,
            new SystemdPolicy.Exits(ExitSet.SYSTEMD_CLEAN, prevent, force),
            Duration.ofSeconds(2),
            new SystemdPolicy.Limit(5, Duration.ofSeconds(10))));
  }

  private static boolean again(String decision) {
    return decision.equals(AGAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "NO, false, false, false, false, false, false",
    "ALWAYS, true, true, true, true, true, true",
    "ON_SUCCESS, true, true, false, false, false, false",
    "ON_FAILURE, false, false, true, true, true, true",
    "ON_ABNORMAL, false, false, false, true, true, true",
    "ON_ABORT, false, false, false, true, false, false",
    "ON_WATCHDOG, false, false, false, false, false, true",
  })
  void table_isThatOfTheManual(
      Rule rule,
      boolean cleanCode,
      boolean cleanSignal,
      boolean code,
      boolean signal,
      boolean timeout,
      boolean watchdog) {
    assertThat(again(fresh(rule).exits(0, 1))).isEqualTo(cleanCode);
    assertThat(again(fresh(rule).signalled("TERM", ExitCause.BY_ITSELF))).isEqualTo(cleanSignal);
    assertThat(again(fresh(rule).exits(1, 1))).isEqualTo(code);
    assertThat(again(fresh(rule).launchFails())).isEqualTo(code);
    assertThat(again(fresh(rule).signalled("SEGV", ExitCause.BY_ITSELF))).isEqualTo(signal);
    assertThat(again(fresh(rule).signalled("TERM", ExitCause.START_TIMEOUT))).isEqualTo(timeout);
    assertThat(again(fresh(rule).signalled("ABRT", ExitCause.WATCHDOG))).isEqualTo(watchdog);
  }

  private static RestartStory fresh(Rule rule) {
    return story(rule, ExitSet.NONE, ExitSet.NONE);
  }

  @Test
  void prevent_isAskedBeforeForce_andForceBeforeTheTable() {
    RestartStory story = story(Rule.ALWAYS, ExitSet.codes(1), ExitSet.codes(1));
    assertThat(story.exits(1, 1)).isEqualTo("down: RestartPreventExitStatus has this exit");
    assertThat(again(story(Rule.NO, ExitSet.NONE, ExitSet.codes(1)).exits(1, 1))).isTrue();
  }

  @Test
  void end_thatIsClean_isAFinish() {
    assertThat(fresh(Rule.NO).exits(0, 1)).isEqualTo("FINISH");
    assertThat(fresh(Rule.NO).exits(1, 1)).isEqualTo("down: Restart=no");
  }

  @Test
  void fifthRestartInTheInterval_isTheSixthStart_andRefused() {
    RestartStory story = fresh(Rule.ALWAYS);
    for (int i = 0; i < 4; i++) {
      assertThat(story.exits(1, 1)).isEqualTo(AGAIN);
    }
    assertThat(story.exits(1, 1)).isEqualTo("down: more than 5 starts in 10000 ms");
  }
}
