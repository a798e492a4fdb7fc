package org.jsupervisor.event;

import java.time.Duration;
import java.util.List;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.Leftovers;

/**
 * Something that has happened. Events of one child come in causal order. Immutable.
 *
 * <p>Longer than other files: all kinds are in this one, short records without rules, so that a
 * reader sees what there is to hear.
 */
public sealed interface SupervisorEvent {
  /** Whom it is about; {@link ChildId#ROOT} for the tree. */
  ChildId child();

  /** One line for people, without the name of the child. */
  String describe();

  /** Something that has happened to one run of a child. */
  sealed interface OfRun extends SupervisorEvent {
    /** Which run. */
    Incarnation incarnation();

    @Override
    default ChildId child() {
      return incarnation().child();
    }
  }

  /**
   * A child was added, or given another spec.
   *
   * @param child which
   * @param reason why
   */
  record Defined(ChildId child, String reason) implements SupervisorEvent {
    /** For no reason but the spec itself. */
    public Defined(ChildId child) {
      this(child, "defined");
    }

    @Override
    public String describe() {
      return reason;
    }
  }

  /**
   * A child is no longer part of the tree.
   *
   * @param child which
   * @param reason why
   */
  record Removed(ChildId child, String reason) implements SupervisorEvent {
    /** For no reason that is known. */
    public Removed(ChildId child) {
      this(child, "removed");
    }

    @Override
    public String describe() {
      return reason;
    }
  }

  /**
   * Something else is wanted of a child.
   *
   * @param child which
   * @param desire what is wanted now
   * @param origin where that comes from
   * @param reason why
   */
  record DesireChanged(ChildId child, Desire desire, WishOrigin origin, String reason)
      implements SupervisorEvent {
    @Override
    public String describe() {
      return "wanted " + desire + ": " + reason;
    }
  }

  /**
   * A child has another phase. Comes for every change of phase, after the events that caused it.
   *
   * @param child which
   * @param from the old phase
   * @param to the new phase
   * @param reason why
   */
  record PhaseChanged(ChildId child, Phase from, Phase to, String reason)
      implements SupervisorEvent {
    @Override
    public String describe() {
      return from + " -> " + to + ": " + reason;
    }
  }

  /**
   * A process runs.
   *
   * @param incarnation which run
   * @param pid its process id
   */
  record Launched(Incarnation incarnation, Pid pid) implements OfRun {
    @Override
    public String describe() {
      return "launched as pid " + pid;
    }
  }

  /**
   * A task runs, on its own thread.
   *
   * @param incarnation which run
   */
  record TaskStarted(Incarnation incarnation) implements OfRun {
    @Override
    public String describe() {
      return "started as a task";
    }
  }

  /**
   * A child is ready.
   *
   * @param incarnation which run
   */
  record Ready(Incarnation incarnation) implements OfRun {
    @Override
    public String describe() {
      return "ready";
    }
  }

  /**
   * A run has ended, or could not begin.
   *
   * @param exit how and why
   */
  record Ended(Exit exit) implements OfRun {
    @Override
    public Incarnation incarnation() {
      return exit.incarnation();
    }

    @Override
    public String describe() {
      return exit.describe();
    }
  }

  /**
   * A child will be started again.
   *
   * @param child which
   * @param attempt which restart in a row this is
   * @param delay how long it waits
   */
  record RestartScheduled(ChildId child, int attempt, Duration delay) implements SupervisorEvent {
    @Override
    public String describe() {
      return "restart " + attempt + " in " + delay.toMillis() + " ms";
    }
  }

  /**
   * Several children are restarted together, because one of them failed.
   *
   * @param child their supervisor
   * @param failed which one
   * @param members all that are restarted, in start order
   */
  record GroupRestart(ChildId child, ChildId failed, List<ChildId> members)
      implements SupervisorEvent {
    public GroupRestart {
      members = List.copyOf(members);
    }

    @Override
    public String describe() {
      return "restarts " + members + " together, since " + failed + " failed";
    }
  }

  /**
   * A child has used up its restarts, or a supervisor those of all its children.
   *
   * @param child which; {@link ChildId#ROOT} for the tree, which ends by it
   * @param decision quarantine, stay down or escalate, with the reason
   */
  record GaveUp(ChildId child, RestartDecision decision) implements SupervisorEvent {
    @Override
    public String describe() {
      return "gave up: " + decision;
    }
  }

  /**
   * Why a child, a supervisor or the tree has given up. Comes after the other events of the same
   * step.
   *
   * @param explanation who, first, and why, the root cause last
   */
  record GiveUpExplained(Explanation explanation) implements SupervisorEvent {
    @Override
    public ChildId child() {
      return explanation.child();
    }

    @Override
    public String describe() {
      return "why it gave up: " + explanation.describe();
    }
  }

  /**
   * A signal was sent to the group of a child.
   *
   * @param incarnation which run
   * @param signal what was sent
   * @param reason why
   */
  record SignalSent(Incarnation incarnation, Signal signal, String reason) implements OfRun {
    @Override
    public String describe() {
      return "sent " + signal + ": " + reason;
    }
  }

  /**
   * A signal was asked for, and its program ({@link org.jsupervisor.spec.SignalPrograms}) is run
   * instead of sending it; or is still under way, since the signal was asked for before. {@link
   * SignalProgramEnded} tells what comes of it.
   *
   * @param incarnation which run
   * @param signal what is not sent for now
   * @param reason why it was asked for
   */
  record SignalDelegated(Incarnation incarnation, Signal signal, String reason) implements OfRun {
    @Override
    public String describe() {
      return "leaves " + signal + " to its program: " + reason;
    }
  }

  /**
   * A program that was run instead of sending a signal is over, or is not waited for any more.
   *
   * @param incarnation which run it was run for
   * @param signal what it was run instead of
   * @param outcome what follows
   * @param why how it ended, or what it was overtaken by
   */
  record SignalProgramEnded(
      Incarnation incarnation, Signal signal, SignalOutcome outcome, String why) implements OfRun {
    @Override
    public String describe() {
      return "the program for "
          + signal
          + switch (outcome) {
            case WITHHELD -> " has done it, " + signal + " is not sent: ";
            case SENT -> " has failed, " + signal + " is sent: ";
            case CUT_SHORT -> " is cut short, " + signal + " is not sent: ";
          }
          + why;
    }
  }

  /**
   * The input of a child was ended, so that it ends.
   *
   * @param incarnation which run
   * @param reason why
   */
  record InputEnded(Incarnation incarnation, String reason) implements OfRun {
    @Override
    public String describe() {
      return "ended its input: " + reason;
    }
  }

  /**
   * The thread of a task was interrupted, so that it ends.
   *
   * @param incarnation which run
   * @param reason why
   */
  record Interrupted(Incarnation incarnation, String reason) implements OfRun {
    @Override
    public String describe() {
      return "interrupted: " + reason;
    }
  }

  /**
   * A process has said something of itself. One that says much is not heard each time.
   *
   * @param incarnation which run
   * @param notice what
   */
  record Said(Incarnation incarnation, Notice notice) implements OfRun {
    @Override
    public String describe() {
      return "says: " + notice.describe();
    }
  }

  /**
   * Output of a child could not be kept.
   *
   * @param incarnation whose output
   * @param bytes how much since the last such event
   * @param why the error
   */
  record OutputLost(Incarnation incarnation, long bytes, String why) implements OfRun {
    @Override
    public String describe() {
      return bytes + " bytes of output lost: " + why;
    }
  }

  /**
   * The log directories of a child were rotated, since somebody asked for it.
   *
   * @param child which
   * @param reason who, and why
   */
  record LogRotated(ChildId child, String reason) implements SupervisorEvent {
    @Override
    public String describe() {
      return "log rotated: " + reason;
    }
  }

  /**
   * A run that has ended had left other processes behind: in sessions or groups of their own, or,
   * if they are kept, in its group. Comes before the end of the run, or, if it was hard to end
   * them, after it.
   *
   * @param incarnation which run
   * @param count how many were found
   * @param leftovers what became of them
   */
  record LeftBehind(Incarnation incarnation, int count, Leftovers leftovers) implements OfRun {
    @Override
    public String describe() {
      return incarnation
          + " left "
          + count
          + (count == 1 ? " process" : " processes")
          + " behind: "
          + switch (leftovers) {
            case KILLED -> "killed";
            case KEPT -> "kept";
          };
    }
  }

  /**
   * What is run after the end of a run could not be started, has failed, or used up its limit. It
   * decides nothing: what follows is as if it had gone well.
   *
   * @param incarnation after which run
   * @param why what went wrong
   */
  record FinishFailed(Incarnation incarnation, String why) implements OfRun {
    @Override
    public String describe() {
      return "finish of " + incarnation + ": " + why;
    }
  }

  /**
   * A policy, strategy or limit threw an exception, or gave an answer that makes no sense.
   *
   * @param child whose exit it was asked about
   * @param error what went wrong
   */
  record DecisionFailed(ChildId child, String error) implements SupervisorEvent {
    @Override
    public String describe() {
      return "policy, strategy or limit failed: " + error;
    }
  }

  /**
   * The tree has another phase.
   *
   * @param from the old phase
   * @param to the new phase
   * @param reason why
   */
  record TreePhaseChanged(TreePhase from, TreePhase to, String reason) implements SupervisorEvent {
    @Override
    public ChildId child() {
      return ChildId.ROOT;
    }

    @Override
    public String describe() {
      return "tree " + from + " -> " + to + ": " + reason;
    }
  }
}
