package org.jsupervisor.core.internal.model;

/**
 * The time and the chance of one step: arguments, so that a step can be replayed.
 *
 * @param nowNanos the monotonic time
 * @param random uniform in [0, 1)
 */
public record Moment(long nowNanos, double random) {}
