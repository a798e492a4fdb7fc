package org.jsupervisor.output;

import java.time.Instant;
import java.util.Optional;

/**
 * A line that was read from a log directory. Immutable.
 *
 * @param place the directory
 * @param time its timestamp; empty if it has none
 * @param text the rest, for people: without control characters, so that it is one line and moves no
 *     cursor; the beginning only, if it is long
 */
public record LoggedLine(String place, Optional<Instant> time, String text) {}
