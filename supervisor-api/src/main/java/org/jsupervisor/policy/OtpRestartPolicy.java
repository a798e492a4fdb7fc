package org.jsupervisor.policy;

import java.time.Duration;

/**
 * Erlang/OTP's decisions: the type alone decides, a restart comes at once, and each counts, also
 * the try after a launch that failed, whoever's fault that was. A child has no limit of its own;
 * the one that OTP has belongs to the supervisor: {@code withLimit(RestartIntensity.of(1,
 * Duration.ofSeconds(5)))} on its spec is OTP's default.
 *
 * <p>OTP's clean reasons ({@code normal}, {@code shutdown}) become exit code 0. It is there to
 * compare traces, and for those who know what they get: a child that cannot start uses up the whole
 * limit within microseconds.
 *
 * @param type which exits lead to a restart
 */
public record OtpRestartPolicy(RestartType type) implements RestartPolicy {
  @Override
  public RestartDecision decide(RestartQuestion question) {
    return switch (type) {
      case PERMANENT -> restart(question);
      case TRANSIENT ->
          RestartExits.DEFAULTS.isClean(question.exit())
              ? new RestartDecision.Finish()
              : restart(question);
      case TEMPORARY -> new RestartDecision.Forget();
    };
  }

  /** OTP knows no stable life: the attempts only count upwards. */
  private static RestartDecision restart(RestartQuestion question) {
    int before = question.history().streak();
    int attempt = before == Integer.MAX_VALUE ? before : before + 1;
    return new RestartDecision.Restart(Duration.ZERO, attempt);
  }
}
