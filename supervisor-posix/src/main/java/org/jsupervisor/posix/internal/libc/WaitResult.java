package org.jsupervisor.posix.internal.libc;

/**
 * What {@code waitid} has said about one child.
 *
 * @param state which of the three answers
 * @param code the {@code si_code} of an ended child, else 0
 * @param status the {@code si_status} of an ended child, else 0
 * @param errno the error of a failed call, else 0
 */
public record WaitResult(State state, int code, int status, int errno) {
  /** The three answers. */
  public enum State {
    /** It has not ended, or a debugger has not let go of it yet. */
    NONE,
    /** It has ended. */
    ENDED,
    /** The call failed; ECHILD: there is no such child. */
    FAILED
  }

  static WaitResult none() {
    return new WaitResult(State.NONE, 0, 0, 0);
  }

  static WaitResult ended(int code, int status) {
    return new WaitResult(State.ENDED, code, status, 0);
  }

  /** Also what is as good as a failed call. */
  public static WaitResult failed(int errno) {
    return new WaitResult(State.FAILED, 0, 0, errno);
  }
}
