package org.jsupervisor.jmx;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ProcessFacts;

/**
 * What the process of a service uses at one moment, as JMX tells it. A client gets it as {@code
 * CompositeData} with the enum as a string. It is about that one process, not its descendants.
 *
 * @param pid which process
 * @param state what it does, for example {@code SLEEPING}, or {@code STOPPED} by whomever
 * @param startedMillis when it started, since 1970-01-01T00:00Z
 * @param uptimeMillis how long it has lived, the sleep of the machine included
 * @param userMillis processor time in the program's own code
 * @param systemMillis processor time in the kernel
 * @param threads how many threads it has
 * @param residentBytes its memory that is resident, shared pages included
 * @param proportionalBytes the same with shared pages divided by those who share them; null unless
 *     it was asked for, and if the host may not know
 * @param descriptors how many are open; null unless they were asked for, and if the host may not
 *     know
 */
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public record ProcessReport(
    long pid,
    ProcessFacts.State state,
    long startedMillis,
    long uptimeMillis,
    long userMillis,
    long systemMillis,
    int threads,
    long residentBytes,
    @Nullable Long proportionalBytes,
    @Nullable Integer descriptors) {}
