package org.jsupervisor.core.internal.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.TreeSnapshot;

/** What a caller has put into the inbox. */
sealed interface Operation {
  /** Whom it is about. */
  ChildId child();

  /** Where the caller is answered. */
  CompletableFuture<?> result();

  /** Answers the caller on the calling thread, which is never the engine's. */
  default void refuse(Refusal refusal, String why) {
    result().completeExceptionally(new OperationRefusedException(refusal, child(), why));
  }

  /**
   * An operation on a child.
   *
   * @param input what the model is told
   * @param terms on what it was decided
   * @param goal from the child before the step to what is waited for
   * @param result completed by the notifier
   */
  record OnChild(
      Input.ChildInput input,
      Terms terms,
      Function<Optional<ChildModel>, Goal> goal,
      CompletableFuture<ChildSnapshot> result)
      implements Operation {
    @Override
    public ChildId child() {
      return input.child();
    }
  }

  /**
   * Has the log directories of a child rotated.
   *
   * @param child whose
   * @param reason who asks and why
   * @param terms on what it was decided
   * @param result completed by the notifier
   */
  record Rotate(ChildId child, String reason, Terms terms, CompletableFuture<ChildSnapshot> result)
      implements Operation {}

  /**
   * Waits until every child that is wanted up is ready or finished.
   *
   * @param result completed by the notifier
   */
  record UntilReady(CompletableFuture<TreeSnapshot> result) implements Operation {
    @Override
    public ChildId child() {
      return ChildId.ROOT;
    }
  }
}
