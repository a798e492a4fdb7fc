package org.jsupervisor.simulation;

import java.time.Duration;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;

/** Something that happens to a simulated tree from outside, at a point of virtual time. */
public sealed interface Happening {
  /** One phrase for people, for example {@code down a}. */
  String describe();

  /**
   * A process ends now, by itself or by a stranger's hand. Nothing happens if there is none.
   *
   * @param child whose process
   * @param status how it ends: with an exit code, or by a signal
   */
  record Exit(ChildId child, ExitStatus status) implements Happening {
    public Exit {
      if (status.kind() != ExitStatus.Kind.EXITED
          && status.kind() != ExitStatus.Kind.SIGNALLED
          && status.kind() != ExitStatus.Kind.LOST) {
        throw new IllegalArgumentException(
            "exit of '" + child + "': must be a code, a signal or lost, was " + status.describe());
      }
    }

    @Override
    public String describe() {
      return "exit " + child + ": " + status.describe();
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#up}.
   *
   * @param child which
   */
  record Up(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "up " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#down}.
   *
   * @param child which
   */
  record Down(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "down " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#restart}.
   *
   * @param child which
   */
  record Restart(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "restart " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#signal}.
   *
   * @param child which
   * @param signal what is sent
   */
  record SendSignal(ChildId child, Signal signal) implements Happening {
    @Override
    public String describe() {
      return "signal " + child + " " + signal;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#define}.
   *
   * @param spec with its whole address as its id
   */
  record Define(ChildSpec spec) implements Happening {
    @Override
    public String describe() {
      return "define " + spec.id();
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#remove}.
   *
   * @param child which
   */
  record Remove(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "remove " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#once}.
   *
   * @param child which
   */
  record Once(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "once " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#pause}.
   *
   * @param child which
   */
  record Pause(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "pause " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#resume}.
   *
   * @param child which
   */
  record Resume(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "resume " + child;
    }
  }

  /**
   * A process gives a sign of life. Nothing happens if there is none.
   *
   * @param child whose process
   */
  record Ping(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "ping " + child;
    }
  }

  /**
   * {@link org.jsupervisor.Supervisor#restart} by somebody who has decided on another generation of
   * the child than it has. It must be refused.
   *
   * @param child which
   */
  record StaleRestart(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "stale restart " + child;
    }
  }

  /** {@link org.jsupervisor.Supervisor#stop}. */
  record Stop() implements Happening {
    @Override
    public String describe() {
      return "stop";
    }
  }

  /**
   * Time passes unnoticed, as when the host is stopped or overloaded: what was due comes late.
   *
   * @param length how much
   */
  record Stall(Duration length) implements Happening {
    public Stall {
      if (length.isNegative()) {
        throw new IllegalArgumentException("stall: must not be negative, was " + length);
      }
    }

    @Override
    public String describe() {
      return "stall " + Trace.text(length);
    }
  }

  /**
   * A report of the run before the current one comes again. It must change nothing.
   *
   * @param child whose
   */
  record LateReport(ChildId child) implements Happening {
    @Override
    public String describe() {
      return "late report of " + child;
    }
  }

  /**
   * All faults end: launches that hang come out, what was asked to end ends, and every run, those
   * to come too, is {@link Script#WELL}.
   */
  record Recovery() implements Happening {
    @Override
    public String describe() {
      return "recovery";
    }
  }

  /**
   * By now nothing may be in the middle of anything: each child is as it is wanted or has given up
   * for good, or the tree has ended with a cause.
   */
  record ExpectSettled() implements Happening {
    @Override
    public String describe() {
      return "expect settled";
    }
  }
}
