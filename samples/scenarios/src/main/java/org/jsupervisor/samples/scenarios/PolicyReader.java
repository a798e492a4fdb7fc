package org.jsupervisor.samples.scenarios;

import java.time.Duration;
import java.util.Map;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.policy.StandardRestartPolicy;

/** Reads what an end leads to: exactly as in Erlang/OTP, or by the standard policy. */
final class PolicyReader {
  /** The ready-made policies. */
  enum Kind {
    OTP,
    STANDARD
  }

  enum Giving {
    QUARANTINE,
    STAY_DOWN,
    ESCALATE
  }

  static final Map<String, Kind> KINDS = Words.of("otp", Kind.OTP, "standard", Kind.STANDARD);
  static final Map<String, Giving> GIVE_UP =
      Words.of(
          "quarantine", Giving.QUARANTINE,
          "stay_down", Giving.STAY_DOWN,
          "escalate", Giving.ESCALATE);

  private PolicyReader() {}

  static RestartPolicy policy(Fields fields) {
    RestartType type = fields.word("restart", Words.RESTART, RestartType.PERMANENT);
    return switch (fields.word("policy", KINDS, Kind.OTP)) {
      case OTP -> RestartPolicy.otp(type);
      case STANDARD -> standard(fields, type);
    };
  }

  private static RestartPolicy standard(Fields fields, RestartType type) {
    StandardRestartPolicy start =
        switch (type) {
          case PERMANENT -> RestartPolicy.permanent();
          case TRANSIENT -> RestartPolicy.transientPolicy();
          case TEMPORARY -> RestartPolicy.temporary();
        };
    int restarts = (int) fields.number("restarts", 5, 0, 256);
    Duration within = fields.millis("within_ms", Duration.ofSeconds(60));
    int attempts =
        (int) fields.number("start_attempts", 3, 1, StandardRestartPolicy.START_ATTEMPTS_MAX);
    Duration resetAfter = fields.millis("reset_after_ms", Duration.ofSeconds(60));
    Backoff backoff = backoff(fields);
    GiveUp giveUp = giveUp(fields);
    return fields.checked(
        () ->
            start
                .withLimit(RestartIntensity.of(restarts, within))
                .withStartAttempts(attempts)
                .withResetAfter(resetAfter)
                .withBackoff(backoff)
                .withGiveUp(giveUp),
        start);
  }

  /** One number is a fixed back-off, two are an exponential one. */
  private static Backoff backoff(Fields fields) {
    Duration first = fields.millis("backoff_ms", Duration.ofMillis(200));
    if (!fields.has("backoff_max_ms")) {
      return fields.has("backoff_ms")
          ? Backoff.fixed(first)
          : Backoff.exponential(first, Duration.ofSeconds(30));
    }
    Duration most = fields.millis("backoff_max_ms", Duration.ofSeconds(30));
    return fields.checked(() -> Backoff.exponential(first, most), Backoff.none());
  }

  private static GiveUp giveUp(Fields fields) {
    Duration pause = fields.millis("quarantine_ms", Duration.ofMinutes(1));
    Duration most = fields.millis("quarantine_max_ms", Duration.ofHours(1));
    return switch (fields.word("give_up", GIVE_UP, Giving.QUARANTINE)) {
      case QUARANTINE -> fields.checked(() -> GiveUp.quarantine(pause, most), GiveUp.quarantine());
      case STAY_DOWN -> GiveUp.stayDown();
      case ESCALATE -> GiveUp.escalate();
    };
  }
}
