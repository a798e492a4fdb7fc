package org.jsupervisor.core.internal.model;

/** What code of others has thrown, as text. */
public final class Failures {
  private static final int LENGTH_MAX = 300;

  private Failures() {}

  /** The exception, shortened; its class alone if it cannot even say what it is. */
  @SuppressWarnings("CatchingUnchecked")
  public static String text(Throwable thrown) {
    String text;
    try {
      text = String.valueOf(thrown);
    } catch (Throwable another) {
      text = thrown.getClass().getName();
    }
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "...";
  }

  /** Closes one of several things because of a failure; what that throws is added to it. */
  public static void attempt(Runnable close, Throwable because) {
    try {
      close.run();
    } catch (RuntimeException | Error another) {
      if (another != because) {
        because.addSuppressed(another);
      }
    }
  }

  /** What code of others calls itself; its class alone if it cannot say. */
  @SuppressWarnings("CatchingUnchecked")
  static String name(Object stranger) {
    try {
      return String.valueOf(stranger);
    } catch (Throwable mute) {
      return stranger.getClass().getName();
    }
  }
}
