package org.jsupervisor.process;

/**
 * How a run ended, in separate facts: never one number for code, signal and failure.
 *
 * <p>Immutable. {@link #kind()} serves switches without a default branch.
 */
public sealed interface ExitStatus {
  /** The ways in which a run ends. */
  enum Kind {
    EXITED,
    SIGNALLED,
    NEVER_STARTED,
    LOST,
    COMPLETED,
    GAVE_UP,
    THREW,
    DECLINED
  }

  /** Which of them this is. */
  Kind kind();

  /** One phrase for people, for example {@code exit code 3} or {@code killed by signal KILL}. */
  String describe();

  /**
   * The process returned.
   *
   * @param code 0 to 255
   */
  record Exited(int code) implements ExitStatus {
    public Exited {
      if (code < 0 || code > 255) {
        throw new IllegalArgumentException("exit code must be 0 to 255, was " + code);
      }
    }

    @Override
    public Kind kind() {
      return Kind.EXITED;
    }

    @Override
    public String describe() {
      return "exit code " + code;
    }
  }

  /**
   * The process was ended by a signal.
   *
   * @param signal which one
   * @param coreDumped whether the system wrote a core file
   */
  record Signalled(Signal signal, boolean coreDumped) implements ExitStatus {
    @Override
    public Kind kind() {
      return Kind.SIGNALLED;
    }

    @Override
    public String describe() {
      return "killed by signal " + signal + (coreDumped ? " (core dumped)" : "");
    }
  }

  /**
   * There was no process: the launch failed.
   *
   * @param failure why
   */
  record NeverStarted(LaunchFailure failure) implements ExitStatus {
    @Override
    public Kind kind() {
      return Kind.NEVER_STARTED;
    }

    @Override
    public String describe() {
      return "could not be started: " + failure;
    }
  }

  /**
   * The process is gone and nobody knows how it ended, for example because something else in the
   * host reaped it. Treated as abnormal.
   *
   * @param why what is known
   */
  record Lost(String why) implements ExitStatus {
    @Override
    public Kind kind() {
      return Kind.LOST;
    }

    @Override
    public String describe() {
      return "exit status lost: " + why;
    }
  }

  /**
   * A supervisor was stopped in order, or shut down because its significant children had ended; or
   * a task returned, or ended by the interrupt of its stop.
   */
  record Completed() implements ExitStatus {
    @Override
    public Kind kind() {
      return Kind.COMPLETED;
    }

    @Override
    public String describe() {
      return "completed";
    }
  }

  /**
   * A supervisor gave up: its children needed more restarts than it allows, or one of them handed
   * its failure upwards. Abnormal, unlike in Erlang/OTP, where the parent of a transient supervisor
   * never hears of it.
   *
   * @param reason what led to it
   */
  record GaveUp(String reason) implements ExitStatus {
    @Override
    public Kind kind() {
      return Kind.GAVE_UP;
    }

    @Override
    public String describe() {
      return "gave up: " + reason;
    }
  }

  /**
   * A task threw. The exception itself is not kept, since it may hold on to anything: only this
   * text is, and it is shown in logs, events and beans.
   *
   * @param exception the name of its class, 1 to {@value #LENGTH_MAX} characters
   * @param message what it said, at most {@value #LENGTH_MAX} characters; empty if it said nothing
   */
  record Threw(String exception, String message) implements ExitStatus {
    /** The longest name and the longest message. */
    public static final int LENGTH_MAX = 300;

    public Threw {
      if (exception.isEmpty() || exception.length() > LENGTH_MAX) {
        throw new IllegalArgumentException(
            "name of the exception must have 1 to "
                + LENGTH_MAX
                + " characters, had "
                + exception.length());
      }
      if (message.length() > LENGTH_MAX) {
        throw new IllegalArgumentException(
            "message of the exception must have at most "
                + LENGTH_MAX
                + " characters, had "
                + message.length());
      }
    }

    @Override
    public Kind kind() {
      return Kind.THREW;
    }

    @Override
    public String describe() {
      return "threw " + exception + (message.isEmpty() ? "" : ": " + message);
    }
  }

  /**
   * A task said before it was ready that it need not run (Erlang/OTP's {@code ignore}). It is not
   * restarted, and nothing is counted against anybody. After it was ready this is a failure.
   *
   * @param reason what it said, at most {@value Threw#LENGTH_MAX} characters; empty if nothing
   */
  record Declined(String reason) implements ExitStatus {
    public Declined {
      if (reason.length() > Threw.LENGTH_MAX) {
        throw new IllegalArgumentException(
            "reason to decline must have at most "
                + Threw.LENGTH_MAX
                + " characters, had "
                + reason.length());
      }
    }

    @Override
    public Kind kind() {
      return Kind.DECLINED;
    }

    @Override
    public String describe() {
      return "declined" + (reason.isEmpty() ? "" : ": " + reason);
    }
  }

  /** Whether the child ended as one does that has finished its work: exit code 0, or completed. */
  default boolean isClean() {
    return (this instanceof Exited exited && exited.code() == 0) || this instanceof Completed;
  }
}
