package org.jsupervisor.log;

import org.jsupervisor.output.OutputSource;

/**
 * A line that a {@link TailSink} keeps. Immutable.
 *
 * @param source which run wrote it
 * @param line what was written
 */
public record TailLine(OutputSource source, OutputLine line) {}
