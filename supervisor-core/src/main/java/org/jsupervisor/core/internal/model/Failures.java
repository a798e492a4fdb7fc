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
