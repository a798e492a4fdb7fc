package org.jsupervisor.policy;

import java.time.Duration;
import org.jsupervisor.process.Exit;

/**
 * All that a {@link RestartPolicy} may know: it has no clock and no random source of its own, so
 * that each decision can be replayed.
 *
 * @param exit how the run ended
 * @param readyFor how long the child had been ready; zero if it never was
 * @param history what came before
 * @param nowNanos the engine's monotonic time
 * @param random uniform in [0, 1), drawn for this question
 */
public record RestartQuestion(
    Exit exit, Duration readyFor, RestartHistory history, long nowNanos, double random) {}
