package org.jsupervisor.platform;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.spec.Leftovers;

/** What a platform has seen. Facts only; what follows from them is decided elsewhere. */
public sealed interface PlatformReport {
  /** Which run it is about. */
  Incarnation incarnation();

  /**
   * The program runs: exec has succeeded.
   *
   * @param incarnation which run
   * @param pid its process id, which is also its process group and session
   */
  record Launched(Incarnation incarnation, Pid pid) implements PlatformReport {}

  /**
   * A task runs. Only of a {@link TaskPlatform}.
   *
   * @param incarnation which run
   */
  record TaskStarted(Incarnation incarnation) implements PlatformReport {}

  /**
   * There is no process. No other report of this incarnation follows.
   *
   * @param incarnation which run
   * @param failure why
   */
  record LaunchFailed(Incarnation incarnation, LaunchFailure failure) implements PlatformReport {}

  /**
   * The process has ended. Comes exactly once for each {@link Launched} or {@link TaskStarted}, and
   * after it.
   *
   * @param incarnation which run
   * @param status how it ended
   * @param usage what the process has used; empty if the platform does not know
   */
  record Exited(Incarnation incarnation, ExitStatus status, Optional<ResourceUsage> usage)
      implements PlatformReport {
    /** An end of which no usage is known. */
    public Exited(Incarnation incarnation, ExitStatus status) {
      this(incarnation, status, Optional.empty());
    }
  }

  /**
   * The child has said that it is ready, on the way that its spec names. At most once; may come
   * late.
   *
   * @param incarnation which run
   */
  record Notified(Incarnation incarnation) implements PlatformReport {}

  /**
   * The child has given a sign of life. Signs that come close together may be reported as one, a
   * little later than they came; none is forgotten.
   *
   * @param incarnation which run
   */
  record Pinged(Incarnation incarnation) implements PlatformReport {}

  /**
   * The child has said that it is ill: as if it had missed its watchdog.
   *
   * @param incarnation which run
   */
  record Ailing(Incarnation incarnation) implements PlatformReport {}

  /**
   * The child asks for more time for what it is doing.
   *
   * @param incarnation which run
   * @param by how long from now on; positive, at most a day
   */
  record MoreTime(Incarnation incarnation, Duration by) implements PlatformReport {}

  /**
   * The child has said something of itself.
   *
   * @param incarnation which run
   * @param notice what
   */
  record Said(Incarnation incarnation, Notice notice) implements PlatformReport {}

  /**
   * Every holder of the output pipe has closed it. May come before or long after {@link Exited}.
   *
   * @param incarnation which run
   */
  record OutputEnded(Incarnation incarnation) implements PlatformReport {}

  /**
   * Output could not be kept.
   *
   * @param incarnation whose output
   * @param bytes how many bytes since the last such report
   * @param why the error
   */
  record OutputLost(Incarnation incarnation, long bytes, String why) implements PlatformReport {}

  /**
   * A run that has ended had left other processes behind, outside its process group or, if they are
   * kept, inside it. Comes before {@link Exited}, unless ending them took longer than an end may be
   * held back.
   *
   * @param incarnation whose leftovers
   * @param count how many were found in all
   * @param leftovers what became of them
   */
  record LeftBehind(Incarnation incarnation, int count, Leftovers leftovers)
      implements PlatformReport {}
}
