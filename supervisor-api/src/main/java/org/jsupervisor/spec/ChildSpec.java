package org.jsupervisor.spec;

import java.util.List;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;

/**
 * What a supervisor needs to know of any child, whatever it is. Immutable; compared by content.
 *
 * <p>Within a {@link SupervisorSpec} an id is a single name; given to a running tree it is the
 * whole path, and says by that under which supervisor the child belongs.
 */
public sealed interface ChildSpec permits WorkerSpec, SupervisorSpec {
  /** The kinds of children, for switches without a default branch. */
  enum Kind {
    /** An operating-system process. */
    PROCESS,
    /** Code in this JVM. */
    TASK,
    /** A supervisor with children of its own. */
    SUPERVISOR
  }

  /** Which of them this is. A child keeps its kind as long as it is part of a tree. */
  Kind kind();

  /** Its name, or its address in the tree. */
  ChildId id();

  /** What is wanted of it when it is first defined, and whenever its supervisor starts anew. */
  Desire initially();

  /** What its exits lead to. */
  RestartPolicy restart();

  /** Whether its end can be the end of its supervisor. */
  Significance significance();

  /** The siblings that must be there before it is started; empty if none. */
  List<Dependency> dependencies();

  /** The same spec for a child at another address. */
  ChildSpec at(ChildId address);
}
