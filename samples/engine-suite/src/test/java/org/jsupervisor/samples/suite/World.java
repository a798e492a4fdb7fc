package org.jsupervisor.samples.suite;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** A platform with an engine on it, and how to wait for it. */
interface World extends AutoCloseable {
  /** A child that behaves so. */
  ProcessSpec.Builder child(String id, Behaviour behaviour);

  /**
   * Starts the one tree of this world, with listeners that hear everything from the first event.
   */
  Supervisor start(SupervisorSpec spec, SupervisorListener... listeners);

  /** Waits for a stage, bounded; what it fails with is thrown. */
  <T> T await(CompletionStage<T> stage);

  /** Waits for a condition, bounded. */
  void awaitUntil(String what, BooleanSupplier condition);

  /** Ends a process from outside, as {@code kill -9} does. */
  void kill(ChildId child);

  /** Whether the process of a child was stopped by STOP and stands still. */
  boolean standsStill(ChildSnapshot child);

  /** Whether any process of the tree is left. */
  boolean hasLiveProcesses();

  /** Ends the tree, also when a test has failed. */
  @Override
  void close();
}
