package org.jsupervisor.policy;

import java.time.Duration;

/**
 * How long to wait before a restart. A pure function: the same attempt and random number give the
 * same delay. Called on the engine's thread; must not block.
 */
@FunctionalInterface
public interface Backoff {
  /**
   * The delay before a restart.
   *
   * @param attempt counts the restarts in a row without a stable life between them, from 1
   * @param random uniform in [0, 1), drawn once for this restart
   * @return zero or more
   */
  Duration delay(int attempt, double random);

  /** No delay at all, as Erlang/OTP. A child that cannot run burns its intensity at once. */
  static Backoff none() {
    return new FixedBackoff(Duration.ZERO);
  }

  /** Always the same delay. */
  static Backoff fixed(Duration delay) {
    return new FixedBackoff(delay);
  }

  /** Doubles from {@code initial} up to {@code cap}, with a jitter of 20 % inside the cap. */
  static Backoff exponential(Duration initial, Duration cap) {
    return new ExponentialBackoff(initial, 2.0, cap, Jitter.DEFAULT);
  }

  /** Grows by {@code step} up to {@code cap}, with a jitter of 20 % inside the cap. */
  static Backoff linear(Duration step, Duration cap) {
    return new LinearBackoff(step, cap, Jitter.DEFAULT);
  }

  /**
   * Comes from {@code initial} to {@code cap} in so many steps of equal ratio, as systemd, with a
   * jitter of 20 % inside the cap.
   */
  static Backoff steps(Duration initial, Duration cap, int steps) {
    return new StepsBackoff(initial, cap, steps, Jitter.DEFAULT);
  }
}
