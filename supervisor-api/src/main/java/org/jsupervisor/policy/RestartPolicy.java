package org.jsupervisor.policy;

/**
 * Turns an exit that nobody asked for into a decision. A pure function of its question; it is
 * called on the engine's thread and must not block, keep state, read a clock or draw random
 * numbers. If it throws, the exit is treated as {@link RestartDecision.StayDown} with the exception
 * as the reason, and counted.
 *
 * <p>Policies that are equal mean the same; a policy without {@code equals} makes each redefinition
 * of its child look like a change. The ready-made ones are records:
 *
 * <pre>{@code
 * RestartPolicy.permanent()
 *     .withBackoff(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
 *     .withLimit(RestartIntensity.of(5, Duration.ofMinutes(1)))
 * }</pre>
 */
@FunctionalInterface
public interface RestartPolicy {
  /** The decision on one exit. */
  RestartDecision decide(RestartQuestion question);

  /**
   * Which exits lead to a restart, as far as others need to know: a supervisor forgets a {@code
   * TEMPORARY} child that it has stopped for a group restart, and refuses a {@code PERMANENT} one
   * as significant. The default is {@code PERMANENT}.
   */
  default RestartType type() {
    return RestartType.PERMANENT;
  }

  /** Restarts after every exit, with the defaults of {@link StandardRestartPolicy}. */
  static StandardRestartPolicy permanent() {
    return StandardRestartPolicy.of(RestartType.PERMANENT);
  }

  /** Restarts after an abnormal exit, with the defaults of {@link StandardRestartPolicy}. */
  static StandardRestartPolicy transientPolicy() {
    return StandardRestartPolicy.of(RestartType.TRANSIENT);
  }

  /** Never restarts. */
  static StandardRestartPolicy temporary() {
    return StandardRestartPolicy.of(RestartType.TEMPORARY);
  }

  /**
   * Decides exactly as Erlang/OTP does: no delay, no limit but the supervisor's, each restart
   * counted.
   */
  static OtpRestartPolicy otp(RestartType type) {
    return new OtpRestartPolicy(type);
  }
}
