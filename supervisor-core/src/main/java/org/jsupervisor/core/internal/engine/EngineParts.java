package org.jsupervisor.core.internal.engine;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.spec.LogSpec;

/**
 * What an engine works with.
 *
 * @param platform carries effects out; closed by the engine
 * @param options the limits
 * @param notifier brings events and outcomes out
 * @param board shows the model
 * @param random the source of jitter
 * @param logs makes the sink of a log directory, without I/O
 */
record EngineParts(
    Platform platform,
    EngineOptions options,
    Notifier notifier,
    SnapshotBoard board,
    RandomGenerator random,
    Function<LogSpec, OutputSink> logs) {}
