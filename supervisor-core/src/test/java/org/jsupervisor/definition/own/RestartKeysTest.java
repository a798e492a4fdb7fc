package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.DecayingLimit;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.policy.ExponentialBackoff;
import org.jsupervisor.policy.LinearBackoff;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.TokenBucket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a service file that say what its exits lead to. */
class RestartKeysTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofSeconds(30);

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  private RestartPolicy restart(String lines) {
    return disk.spec(disk.file("web.properties", "command=x\n" + lines + "\n")).restart();
  }

  @Test
  void exits_areRead() {
    assertThat(
            restart(
                """
                restart.clean = 0, 3-4, SIGTERM
                restart.never = 125, launch-failed
                restart.always = lost, 7
                """))
        .isEqualTo(
            RestartPolicy.transientPolicy()
                .withClean(ExitSet.parse("0, 3, 4, TERM"))
                .withNever(ExitSet.codes(125).or(ExitSet.parse("launch-failed")))
                .withAlways(ExitSet.parse("7, lost")));
  }

  @Test
  void backoffs_areRead() {
    assertThat(
            restart("restart.backoff=linear\nrestart.backoff.initial=1s\nrestart.backoff.jitter=0"))
        .isEqualTo(RestartPolicy.transientPolicy().withBackoff(new LinearBackoff(SECOND, CAP, 0)));
    assertThat(
            restart("restart.backoff=steps\nrestart.backoff.initial=1s\nrestart.backoff.steps=7"))
        .isEqualTo(RestartPolicy.transientPolicy().withBackoff(Backoff.steps(SECOND, CAP, 7)));
    assertThat(restart("restart.backoff.initial=1s\nrestart.backoff.jitter=50"))
        .isEqualTo(
            RestartPolicy.transientPolicy()
                .withBackoff(new ExponentialBackoff(SECOND, 2, CAP, 0.5)));
  }

  @Test
  void limitsAndStartAttempts_areRead() {
    RestartLimit bucket = TokenBucket.of(20, Duration.ofSeconds(10));
    assertThat(restart("restart.limit=20\nrestart.limit.kind=bucket\nrestart.period=10s"))
        .isEqualTo(RestartPolicy.transientPolicy().withLimit(bucket));
    assertThat(restart("restart.limit.kind=decay\nrestart.period=30s"))
        .isEqualTo(RestartPolicy.transientPolicy().withLimit(DecayingLimit.suture()));
    assertThat(restart("restart.limit.kind=none\nrestart.start-attempts=9"))
        .isEqualTo(
            RestartPolicy.transientPolicy().withLimit(RestartLimit.none()).withStartAttempts(9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restart.clean=256 | restart.clean: must list exit codes (0 to 255, or ranges as 3-5),"
            + " signals, launch-failed, host-shortage, lost, with commas between, or be none; not"
            + " '256', was '256'",
        "restart=permanent\\nrestart.clean=3 | restart.clean: has no effect with"
            + " restart=permanent, was '3'",
        "restart=temporary\\nrestart.never=3 | restart.never: has no effect with"
            + " restart=temporary, was '3'",
        "restart=temporary\\nrestart.always=3 | restart.always: is not for restart=temporary, was"
            + " '3'",
        "restart.backoff.steps=3 | restart.backoff.steps: is for restart.backoff=steps only, was"
            + " '3'",
        "restart.backoff=steps | restart.backoff: needs restart.backoff.steps, was 'steps'",
        "restart.backoff=steps\\nrestart.backoff.steps=0 | restart.backoff.steps: must be 1 to"
            + " 1000, was '0'",
        "restart.backoff.jitter=51 | restart.backoff.jitter: must be 0 to 50 percent, was '51'",
        "restart.backoff=fixed\\nrestart.backoff.cap=3s | restart.backoff.cap: has no effect with"
            + " restart.backoff=fixed, was '3s'",
        "restart.backoff=none\\nrestart.backoff.jitter=3 | restart.backoff.jitter: has no effect"
            + " with restart.backoff=none, was '3'",
        "restart.backoff=linear\\nrestart.backoff.initial=0s | restart.backoff.initial: must be"
            + " positive, was '0s'",
        "restart.limit.kind=tumbling | restart.limit.kind: must be one of bucket, decay, none,"
            + " window, was 'tumbling'",
        "restart.limit.kind=bucket\\nrestart.limit=0 | restart.limit: must be 1 to 256, was '0'",
        "restart.limit.kind=decay\\nrestart.limit=257 | restart.limit: must be 1 to 256, was '257'",
        "restart.limit.kind=bucket\\nrestart.period=0s | restart.period: must be positive, was"
            + " '0s'",
        "restart.limit.kind=bucket\\nrestart.period=800000h | restart.period: must be at most 36500"
            + " days, was '800000h'",
        "restart.limit.kind=none\\nrestart.limit=3 | restart.limit: has no effect with"
            + " restart.limit.kind=none, was '3'",
        "restart.start-attempts=0 | restart.start-attempts: must be 1 to 1000000, was '0'",
      })
  void badEntry_isToldWithLineKeyValueAndRule(String entry, String expected) {
    String lines = entry.replace("\\n", "\n");
    Path file = disk.file("web.properties", "command=x\n" + lines + "\n");
    long line = 1 + lines.lines().count();
    assertThat(disk.told(file)).containsExactly("web.properties:" + line + ": " + expected);
  }
}
