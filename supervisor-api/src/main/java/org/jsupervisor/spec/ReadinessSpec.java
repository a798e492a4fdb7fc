package org.jsupervisor.spec;

import java.time.Duration;

/** When a child that runs counts as ready. */
public sealed interface ReadinessSpec {
  /** The possible kinds, for switches without a default branch. */
  enum Kind {
    AT_LAUNCH,
    ALIVE_FOR,
    NOTIFIED,
    COMPLETED
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

  /** Ready when it has finished its work, within this time. */
  static ReadinessSpec completed(Duration within) {
    return new Completed(within);
  }
}
