package org.jsupervisor.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.process.ExitStatus;

/** The ends that have neither an exit code nor a signal. */
public enum ExitClass {
  /** The launch failed by the child's fault: no such program, not executable. */
  LAUNCH_FAILED,
  /** The launch failed for want of the host's descriptors, processes or memory. */
  HOST_SHORTAGE,
  /** The process is gone and nobody knows how it ended. */
  LOST,
  /** A supervisor gave up. */
  GAVE_UP,
  /** A task in the JVM threw, or declined when it was ready already. */
  THREW;

  /** The class of an end; empty if it has a code or a signal. */
  public static Optional<ExitClass> of(ExitStatus status) {
    return switch (status.kind()) {
      case EXITED, SIGNALLED, COMPLETED -> Optional.empty();
      case GAVE_UP -> Optional.of(GAVE_UP);
      case THREW, DECLINED -> Optional.of(THREW);
      case NEVER_STARTED ->
          Optional.of(
              switch (((ExitStatus.NeverStarted) status).failure().fault()) {
                case CHILD -> LAUNCH_FAILED;
                case HOST -> HOST_SHORTAGE;
              });
      case LOST -> Optional.of(LOST);
    };
  }

  /** The class that is written so, if there is one. */
  static Optional<ExitClass> written(String text) {
    return Stream.of(values()).filter(each -> each.toString().equals(text)).findFirst();
  }

  /** As it is written in definitions, for example {@code launch-failed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
