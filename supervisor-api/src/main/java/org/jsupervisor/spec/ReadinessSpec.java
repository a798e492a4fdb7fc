package org.jsupervisor.spec;

import java.time.Duration;

/** When a child that runs counts as ready. */
public sealed interface ReadinessSpec {
  /** The possible kinds, for switches without a default branch. */
  enum Kind {
    AT_LAUNCH,
    ALIVE_FOR,
    NOTIFIED,
    NOTIFIED_BY_SOCKET,
    PROBED,
    COMPLETED;

    /** Whether somebody says so: the child itself, or a probe. */
    public boolean isTold() {
      return switch (this) {
        case NOTIFIED, NOTIFIED_BY_SOCKET, PROBED -> true;
        case AT_LAUNCH, ALIVE_FOR, COMPLETED -> false;
      };
    }
  }

  /** Which kind this is. */
  Kind kind();

  /** Ready as soon as it runs. */
  record AtLaunch() implements ReadinessSpec {
    @Override
    public Kind kind() {
      return Kind.AT_LAUNCH;
    }
  }

  /**
   * Ready when it has lived for a time (the default, with one second).
   *
   * @param time how long
   */
  record AliveFor(Duration time) implements ReadinessSpec {
    public AliveFor {
      Problems problems = new Problems();
      problems.requirePositive("readiness: time alive", time);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.ALIVE_FOR;
    }
  }

  /**
   * Ready when it has written a newline to a descriptor that is made for it; what comes before the
   * newline is discarded. As s6's {@code notification-fd}. A task, which has no descriptors, calls
   * {@link TaskContext#ready} instead.
   *
   * @param descriptor the number that the child sees, 3 to {@value #DESCRIPTOR_MAX}
   * @param within how long it may take; then it is stopped and the start counts as failed
   */
  record Notified(int descriptor, Duration within) implements ReadinessSpec {
    /** The highest descriptor. */
    public static final int DESCRIPTOR_MAX = 255;

    public Notified {
      Problems problems = new Problems();
      if (descriptor < 3 || descriptor > DESCRIPTOR_MAX) {
        problems.add(
            "readiness: descriptor",
            Integer.toString(descriptor),
            "must be 3 to " + DESCRIPTOR_MAX);
      }
      problems.requirePositive("readiness: time to become ready", within);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.NOTIFIED;
    }
  }

  /**
   * Ready when it has sent {@code READY=1} to the socket whose address is in its {@code
   * NOTIFY_SOCKET}, as {@code sd_notify} does. A task calls {@link TaskContext#ready} instead, and
   * cannot have this.
   *
   * @param within how long it may take, unless it asks for more with {@code EXTEND_TIMEOUT_USEC};
   *     then it is stopped and the start counts as failed
   */
  record NotifiedBySocket(Duration within) implements ReadinessSpec {
    public NotifiedBySocket {
      Problems problems = new Problems();
      problems.requirePositive("readiness: time to become ready", within);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.NOTIFIED_BY_SOCKET;
    }
  }

  /**
   * Ready when a probe says so. The probe is tried at once, and again an interval after each
   * attempt that has failed. A probe that is not an answer but a wait (a line of output) has no
   * attempts. Not for tasks.
   *
   * @param probe what is asked
   * @param interval how long after the end of an attempt the next one begins
   * @param timeout how long one attempt may take; then it has failed
   * @param within how long it may take in all; then the child is stopped and the start counts as
   *     failed
   */
  record Probed(Probe probe, Duration interval, Duration timeout, Duration within)
      implements ReadinessSpec {
    public Probed {
      Problems problems = new Problems();
      problems.requirePositive("readiness: interval", interval);
      problems.requirePositive("readiness: time for one attempt", timeout);
      problems.requirePositive("readiness: time to become ready", within);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.PROBED;
    }

    /** With another interval. */
    public Probed withInterval(Duration replacement) {
      return new Probed(probe, replacement, timeout, within);
    }

    /** With another time for one attempt. */
    public Probed withTimeout(Duration replacement) {
      return new Probed(probe, interval, replacement, within);
    }

    /** With another time in all. */
    public Probed withReadyWithin(Duration replacement) {
      return new Probed(probe, interval, timeout, replacement);
    }
  }

  /**
   * Ready when it has finished, that is, ended as its restart policy counts as clean: a child that
   * has something to do once, and that others can wait for (as a oneshot of s6-rc or systemd). It
   * must be transient.
   *
   * @param within how long it may take; then it is stopped and the start counts as failed
   */
  record Completed(Duration within) implements ReadinessSpec {
    public Completed {
      Problems problems = new Problems();
      problems.requirePositive("readiness: time to complete", within);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.COMPLETED;
    }
  }

  /** Ready as soon as it runs. */
  static ReadinessSpec atLaunch() {
    return new AtLaunch();
  }

  /** Ready when it has lived for a time. */
  static ReadinessSpec aliveFor(Duration time) {
    return new AliveFor(time);
  }

  /** Ready when it has written a newline to this descriptor, within 60 s. */
  static ReadinessSpec notified(int descriptor) {
    return new Notified(descriptor, Duration.ofSeconds(60));
  }

  /** Ready when it has sent {@code READY=1} to its notification socket, within 60 s. */
  static ReadinessSpec notifiedBySocket() {
    return new NotifiedBySocket(Duration.ofSeconds(60));
  }

  /** Ready when this probe succeeds: tried each second, 1 s for each attempt, 60 s in all. */
  static Probed probed(Probe probe) {
    Duration second = Duration.ofSeconds(1);
    return new Probed(probe, second, second, Duration.ofSeconds(60));
  }

  /** Ready when it has finished its work, within this time. */
  static ReadinessSpec completed(Duration within) {
    return new Completed(within);
  }
}
