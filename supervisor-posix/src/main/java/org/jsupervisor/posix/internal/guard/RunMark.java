package org.jsupervisor.posix.internal.guard;

/**
 * What a run is known by to those that clean up after it.
 *
 * @param number counts the launches of the platform, from 1
 * @param kind what the guard does with it
 * @param beginNanos when its launch began, by {@link System#nanoTime}
 * @param slot where it stands in the table; {@link RunTable#NO_SLOT} if it does not
 */
public record RunMark(long number, RunKind kind, long beginNanos, int slot) {}
