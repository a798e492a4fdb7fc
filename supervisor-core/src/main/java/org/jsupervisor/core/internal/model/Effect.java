package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.WorkerSpec;

/** An order that a step gives to the world. Carried out in the order of the list. */
public sealed interface Effect {
  /** Start a run. */
  record Launch(Incarnation incarnation, WorkerSpec spec) implements Effect {}

  /** Send a signal to the group of a run. */
  record Send(Incarnation incarnation, Signal signal) implements Effect {}

  /** Send a signal to the group of a run that is meant to end by it, with all its group. */
  record Stop(Incarnation incarnation, Signal signal) implements Effect {}

  /** End the input of a run that is meant to end by it, with all its group. */
  record EndInput(Incarnation incarnation) implements Effect {}

  /**
   * Run what is to be run after a run, of which the platform has said that it has ended.
   *
   * @param incarnation which run
   * @param spec what that was launched as; has a finish
   * @param exit how it ended, and why
   * @param pid what its process and its group were
   * @param now what the child is by now: that is where output goes
   */
  record Finish(Incarnation incarnation, ProcessSpec spec, Exit exit, Pid pid, ProcessSpec now)
      implements Effect {}

  /** Kill what is run after a run. */
  record KillFinish(Incarnation incarnation) implements Effect {}

  /**
   * Run a program instead of sending a signal.
   *
   * @param order which, for which run
   * @param spec what that was launched as; has a program for the signal
   * @param pid what its process is
   * @param now what the child is by now: that is where output goes
   */
  record RunSignalProgram(SignalOrder order, ProcessSpec spec, Pid pid, ProcessSpec now)
      implements Effect {}

  /** Kill what is run instead of a signal; nothing is to be heard of it any more. */
  record KillSignalProgram(SignalOrder order) implements Effect {}

  /** Interrupt the task of a run. */
  record Interrupt(Incarnation incarnation) implements Effect {}

  /** Ask again and again whether the run is ready. */
  record Probe(Incarnation incarnation, ProcessSpec spec) implements Effect {}

  /** Do not ask any more. */
  record EndProbe(Incarnation incarnation) implements Effect {}

  /** Wake the child at this time instead of any other. */
  record Arm(ChildId child, long deadlineNanos) implements Effect {}

  /** Do not wake the child any more. */
  record Disarm(ChildId child) implements Effect {}

  /** The output that was opened for the child so far will not be used by later runs. */
  record RetireOutput(ChildId child) implements Effect {}

  /** Nobody will feed the child any more, and it will not be fed. */
  record RetireInput(ChildId child) implements Effect {}
}
