package org.jsupervisor.posix.internal.leftover;

/**
 * A process that is not a zombie.
 *
 * @param pid its number
 * @param group its process group
 * @param session its session
 * @param startTicks when it was started, in hundredths of a second since the machine was
 */
record ProcessEntry(long pid, long group, long session, long startTicks) {}
