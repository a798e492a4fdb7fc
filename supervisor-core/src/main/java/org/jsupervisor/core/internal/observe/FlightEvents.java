package org.jsupervisor.core.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * What a flight recording shows of a tree. All are on by default, and cost nothing while nothing is
 * recorded; each is committed when the notifier delivers it. Never the environment, the arguments
 * or the output of a child.
 */
final class FlightEvents {
  private FlightEvents() {}

  /** What all have. */
  @Category("jsupervisor")
  @StackTrace(false)
  abstract static class OfChild extends Event {
    @Label("Tree")
    String tree = "";

    @Label("Child")
    String child = "";
  }

  @Name("org.jsupervisor.Launch")
  @Label("Launch")
  @Description("A process was started, or a task")
  static final class Launch extends OfChild {
    @Label("Run")
    @Description("Which run of the child, from 1")
    long run;

    @Label("Process Id")
    @Description("0 for a task")
    long pid;
  }

  @Name("org.jsupervisor.Exit")
  @Label("Exit")
  @Description("A run has ended, or could not begin")
  static final class Exit extends OfChild {
    @Label("Run")
    long run;

    @Label("Status")
    @Description("How it ended, for people")
    String status = "";

    @Label("Exit Code")
    @Description("-1 if there is none")
    int code = -1;

    @Label("Signal")
    @Description("Which one has ended it; empty if none has")
    String signal = "";

    @Label("Cause")
    @Description("Who wanted it")
    String cause = "";

    @Label("Lived")
    @Timespan(Timespan.NANOSECONDS)
    long lived;
  }

  @Name("org.jsupervisor.Restart")
  @Label("Restart")
  @Description("A child will be started again")
  static final class Restart extends OfChild {
    @Label("Attempt")
    @Description("Which restart in a row, from 1")
    int attempt;

    @Label("Delay")
    @Timespan(Timespan.NANOSECONDS)
    long delay;
  }

  @Name("org.jsupervisor.Stop")
  @Label("Stop")
  @Description("A child is being stopped")
  static final class Stop extends OfChild {
    @Label("Reason")
    String reason = "";
  }

  @Name("org.jsupervisor.Unkillable")
  @Label("Unkillable")
  @Description("A child has not ended though it was killed")
  static final class Unkillable extends OfChild {
    @Label("Reason")
    String reason = "";
  }

  @Name("org.jsupervisor.Quarantine")
  @Label("Quarantine")
  @Description("A child was given up for now")
  static final class Quarantine extends OfChild {
    @Label("Pause")
    @Timespan(Timespan.NANOSECONDS)
    long pause;

    @Label("Count")
    @Description("How often in a row, from 1")
    int count;

    @Label("Reason")
    String reason = "";
  }

  @Name("org.jsupervisor.GiveUp")
  @Label("Give Up")
  @Description("A child, a supervisor or the tree was given up for good")
  static final class GiveUp extends OfChild {
    @Label("Decision")
    String decision = "";

    @Label("Reason")
    String reason = "";
  }

  @Name("org.jsupervisor.LogLoss")
  @Label("Log Loss")
  @Description("Output of a child could not be kept")
  static final class LogLoss extends OfChild {
    @Label("Bytes")
    long bytes;

    @Label("Reason")
    String reason = "";
  }

  @Name("org.jsupervisor.EventLoss")
  @Label("Event Loss")
  @Description("Events came faster than they could be recorded")
  static final class EventLoss extends OfChild {
    @Label("Events")
    long events;
  }
}
