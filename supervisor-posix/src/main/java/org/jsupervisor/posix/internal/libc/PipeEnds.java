package org.jsupervisor.posix.internal.libc;

/**
 * The two descriptors of a pipe.
 *
 * @param readEnd where we read
 * @param writeEnd what the child gets
 */
public record PipeEnds(int readEnd, int writeEnd) {}
