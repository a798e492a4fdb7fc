package org.jsupervisor.jmx;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;

/**
 * The end of one run, as JMX tells it. A client gets it as {@code CompositeData} with enums as
 * strings. Absent parts are null here, because open types have no {@code Optional}.
 *
 * @param incarnation the number of the run, from 1
 * @param kind how it ended
 * @param code the exit code, 0 to 255; null unless the kind is {@code EXITED}
 * @param signal the name of the signal; null unless the kind is {@code SIGNALLED}
 * @param coreDumped whether the system wrote a core file
 * @param cause who wanted it
 * @param ranMillis how long it lived
 * @param description one line for people
 * @param userMillis processor time in the program's own code; null if not known, as with a task
 * @param systemMillis processor time in the kernel; null if not known
 * @param peakMemoryBytes the most memory that was resident; null if not known, and on Linux it is
 *     known only above what the host itself had needed when it started the child
 * @param minorFaults page faults that needed no disk; null if not known
 * @param majorFaults page faults that had to read; null if not known
 * @param voluntarySwitches how often it waited for something; null if not known
 * @param involuntarySwitches how often another one got its processor; null if not known
 */
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public record ExitReport(
    long incarnation,
    ExitStatus.Kind kind,
    @Nullable Integer code,
    @Nullable String signal,
    boolean coreDumped,
    ExitCause cause,
    long ranMillis,
    String description,
    @Nullable Long userMillis,
    @Nullable Long systemMillis,
    @Nullable Long peakMemoryBytes,
    @Nullable Long minorFaults,
    @Nullable Long majorFaults,
    @Nullable Long voluntarySwitches,
    @Nullable Long involuntarySwitches) {}
