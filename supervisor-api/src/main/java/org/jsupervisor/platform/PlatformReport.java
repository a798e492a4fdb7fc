package org.jsupervisor.platform;

import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.Pid;
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
   */
  record Exited(Incarnation incarnation, ExitStatus status) implements PlatformReport {}

  /**
   * The child has said that it is ready. At most once; may come late.
   *
   * @param incarnation which run
   */
  record Notified(Incarnation incarnation) implements PlatformReport {}

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
