package org.jsupervisor.core.internal.model;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Leftovers;

/** The one thing that a step is about. */
public sealed interface Input {
  /** The tree begins: every child that is wanted up is started, in order. */
  record StartTree() implements Input {}

  /** The tree ends: every child is stopped, in reverse order. */
  record StopTree(StopReport.Cause cause, String reason) implements Input {}

  /** An input of one child. */
  sealed interface ChildInput extends Input {
    /** Which child. */
    ChildId child();

    /** The column of the state table. */
    InputKind kind();
  }

  /** A report about one run; it changes nothing if the run is not the current one. */
  sealed interface RunInput extends ChildInput {
    /** Which run. */
    Incarnation incarnation();

    @Override
    default ChildId child() {
      return incarnation().child();
    }
  }

  record Up(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.UP;
    }
  }

  record Once(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.ONCE;
    }
  }

  record Down(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.DOWN;
    }
  }

  record Restart(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.RESTART;
    }
  }

  record SendSignal(ChildId child, Signal signal, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.SIGNAL;
    }
  }

  record Pause(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.PAUSE;
    }
  }

  record Resume(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.RESUME;
    }
  }

  record Define(ChildSpec spec, String reason) implements ChildInput {
    @Override
    public ChildId child() {
      return spec.id();
    }

    @Override
    public InputKind kind() {
      return InputKind.DEFINE;
    }
  }

  record Remove(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.REMOVE;
    }
  }

  record Start(ChildId child) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.START;
    }
  }

  record Hold(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.HOLD;
    }
  }

  record Stop(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.STOP;
    }
  }

  record Kill(ChildId child, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.KILL;
    }
  }

  record EndTeam(ChildId child, ExitStatus outcome, String reason) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.END_TEAM;
    }
  }

  /** Every child of the supervisor has had its turn. */
  record TeamUp(Incarnation incarnation) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.LAUNCHED;
    }
  }

  record Launched(Incarnation incarnation, Pid pid) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.LAUNCHED;
    }
  }

  /** The thread of a task has begun. */
  record TaskStarted(Incarnation incarnation) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.LAUNCHED;
    }
  }

  record LaunchFailed(Incarnation incarnation, LaunchFailure failure) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.LAUNCH_FAILED;
    }
  }

  record Exited(Incarnation incarnation, ExitStatus status, Optional<ResourceUsage> usage)
      implements RunInput {
    /** An end of which no usage is known: that of a task or of a supervisor. */
    public Exited(Incarnation incarnation, ExitStatus status) {
      this(incarnation, status, Optional.empty());
    }

    @Override
    public InputKind kind() {
      return InputKind.EXITED;
    }
  }

  /** What is run after a run is over, or could not be started; it is named by that run. */
  record FinishEnded(Incarnation incarnation, ExitStatus status) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.FINISH_ENDED;
    }
  }

  /**
   * What is run instead of a signal is over, or could not be started.
   *
   * @param status how it ended; empty if it has used up its limit, and was sent KILL
   */
  record SignalProgramEnded(SignalOrder order, Optional<ExitStatus> status) implements RunInput {
    @Override
    public Incarnation incarnation() {
      return order.run();
    }

    @Override
    public InputKind kind() {
      return InputKind.SIGNAL_PROGRAM_ENDED;
    }
  }

  record Notified(Incarnation incarnation) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.NOTIFIED;
    }
  }

  /** A sign of life. */
  record Pinged(Incarnation incarnation) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.PINGED;
    }
  }

  /** It is ill, as it says itself. */
  record Ailing(Incarnation incarnation) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.AILING;
    }
  }

  /** It needs so much more, from now on. */
  record MoreTime(Incarnation incarnation, Duration by) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.MORE_TIME;
    }
  }

  /** It has said something of itself. */
  record Said(Incarnation incarnation, Notice notice) implements RunInput {
    @Override
    public InputKind kind() {
      return InputKind.SAID;
    }
  }

  /** May be reported late, as a loss may. */
  record LeftBehind(Incarnation incarnation, int count, Leftovers leftovers) implements ChildInput {
    @Override
    public ChildId child() {
      return incarnation.child();
    }

    @Override
    public InputKind kind() {
      return InputKind.LEFT_BEHIND;
    }
  }

  /** Loss may be reported late, so it is not tied to the current run. */
  record OutputLost(Incarnation incarnation, long bytes, String why) implements ChildInput {
    @Override
    public ChildId child() {
      return incarnation.child();
    }

    @Override
    public InputKind kind() {
      return InputKind.OUTPUT_LOST;
    }
  }

  /** A deadline has come; it changes nothing if the child waits for another one by now. */
  record Deadline(ChildId child, long deadlineNanos) implements ChildInput {
    @Override
    public InputKind kind() {
      return InputKind.DEADLINE;
    }
  }
}
