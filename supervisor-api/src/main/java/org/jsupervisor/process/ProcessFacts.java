package org.jsupervisor.process;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the process of a run uses, at the moment of the question. It is about that one process, not
 * about its descendants. Immutable.
 *
 * @param pid which process
 * @param state what it does
 * @param startedAt when it started, by the wall clock as it is now
 * @param uptime how long it has lived; goes on while the machine sleeps
 * @param userTime time on a processor in the program's own code
 * @param systemTime time on a processor in the kernel
 * @param threads how many threads it has
 * @param residentBytes its memory that is resident, shared pages included
 * @param proportionalBytes the same with each shared page divided by those who share it; only with
 *     {@link Depth#FULL}, and only if the system tells it to the host
 * @param descriptors how many are open; only with {@link Depth#FULL}, and only if the system tells
 *     it to the host
 */
public record ProcessFacts(
    Pid pid,
    State state,
    Instant startedAt,
    Duration uptime,
    Duration userTime,
    Duration systemTime,
    int threads,
    long residentBytes,
    OptionalLong proportionalBytes,
    OptionalInt descriptors) {
  /** How much is asked for. */
  public enum Depth {
    /** What costs some ten microseconds for a process: fit for all children each second. */
    CHEAP,
    /**
     * Everything. The system walks through all the memory of the process, which costs milliseconds
     * for a big one, and slows it down meanwhile.
     */
    FULL
  }

  /** What a process does. */
  public enum State {
    /** On a processor, or waiting for one. */
    RUNNING,
    /** Waiting for something. */
    SLEEPING,
    /** Waiting for something, mostly a disk, and deaf to all signals meanwhile. */
    UNINTERRUPTIBLE,
    /** Stopped by a signal; also if somebody else than the supervisor has sent it. */
    STOPPED,
    /** Stopped by a debugger. */
    TRACED,
    /** It has ended, and its end is about to be seen. */
    ENDED,
    /** Something that this system has and this list has not. */
    OTHER
  }
}
