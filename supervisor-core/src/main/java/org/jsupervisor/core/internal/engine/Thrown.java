package org.jsupervisor.core.internal.engine;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.spec.TaskDeclinedException;

/** What a task has thrown, as bounded text on one line. */
final class Thrown {
  /** Of what could not be told, for want of memory. */
  static final ExitStatus UNTOLD = new ExitStatus.Threw("java.lang.OutOfMemoryError", "");

  private static final int LENGTH_MAX = ExitStatus.Threw.LENGTH_MAX;
  private static final String MORE = "...";

  private Thrown() {}

  /** Never throws: an exception may be code of others, which cannot even say what it is. */
  @SuppressWarnings("CatchingUnchecked")
  static ExitStatus status(Throwable thrown) {
    try {
      return new ExitStatus.Threw(bounded(thrown.getClass().getName()), message(thrown));
    } catch (Throwable another) {
      return UNTOLD;
    }
  }

  /** What a task said when it declined. */
  static ExitStatus declined(TaskDeclinedException declined) {
    return new ExitStatus.Declined(message(declined));
  }

  @SuppressWarnings("CatchingUnchecked")
  private static String message(Throwable thrown) {
    @Nullable String message;
    try {
      message = thrown.getMessage();
    } catch (Throwable another) {
      message = "its message threw " + another.getClass().getName();
    }
    return message == null ? "" : bounded(message);
  }

  private static String bounded(String text) {
    String shown = text;
    if (text.length() > LENGTH_MAX) {
      int cut = LENGTH_MAX - MORE.length();
      shown = text.substring(0, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut);
      shown += MORE;
    }
    return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", " ");
  }
}
