package org.jsupervisor.core.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Step;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;

/**
 * The operations that are under way. Confined to the engine, but for {@link #underWay()}; callers
 * are answered by the notifier.
 */
final class Operations {
  private final int most;
  private final Requests requests;
  private final SnapshotBoard board;
  private final Notifier notifier;
  private final Map<ChildId, List<Pending>> byChild = new HashMap<>();
  private final Queue<CompletableFuture<TreeSnapshot>> untilReady = new ArrayDeque<>();

  /** Written by the engine only. */
  private final AtomicInteger underWay = new AtomicInteger();

  private record Pending(Goal goal, CompletableFuture<ChildSnapshot> result) {}

  Operations(int most, Requests requests, SnapshotBoard board, Notifier notifier) {
    this.most = most;
    this.requests = requests;
    this.board = board;
    this.notifier = notifier;
  }

  /** Whether no more can wait for children. */
  boolean isFull() {
    return underWay() - untilReady.size() >= most;
  }

  /** Any thread: how many there are. */
  int underWay() {
    return underWay.get();
  }

  private void count(int change) {
    underWay.lazySet(underWay.getPlain() + change);
  }

  void await(ChildId child, Goal goal, CompletableFuture<ChildSnapshot> result) {
    byChild.computeIfAbsent(child, id -> new ArrayList<>(1)).add(new Pending(goal, result));
    count(1);
  }

  /**
   * Waits for the tree to be ready. That may last as long as one child has trouble, so these take
   * no places of those who would do something about it.
   */
  void awaitReady(Operation.UntilReady asked, TreeModel model) {
    if (untilReady.size() >= most) {
      refuse(asked, Refusal.OVERLOADED, "too many wait for the tree to be ready");
    } else {
      untilReady.add(asked.result());
      count(1);
      settleReady(model);
    }
  }

  /** For one that is not taken up. */
  void refuse(Operation operation, Refusal refusal, String why) {
    requests.count(refusal);
    notifier.complete(() -> operation.refuse(refusal, why));
  }

  private void refuse(CompletableFuture<?> result, OperationRefusedException refusal) {
    requests.count(refusal.refusal());
    notifier.complete(() -> result.completeExceptionally(refusal));
  }

  /** Answers whoever is answered by this step. */
  void settle(Step step) {
    step.touched().forEach(child -> settle(child, step));
    settleReady(step.model());
  }

  /** Answers whoever waits for this child, as it is now. */
  void settle(ChildId id, Step step) {
    List<Pending> waiting = byChild.get(id);
    if (waiting == null) {
      return;
    }
    Optional<ChildModel> now = step.model().child(id);
    Optional<ChildModel> last =
        now.or(() -> step.forgotten().stream().filter(c -> c.id().equals(id)).findFirst());
    for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
      if (answer(each.next(), id, now, last)) {
        each.remove();
        count(-1);
      }
    }
    if (waiting.isEmpty()) {
      byChild.remove(id);
    }
  }

  private boolean answer(
      Pending pending, ChildId id, Optional<ChildModel> now, Optional<ChildModel> last) {
    Standing standing = pending.goal.judge(now);
    if (standing instanceof Standing.Refused refused) {
      refuse(pending.result, new OperationRefusedException(cause(refused), id, refused.message()));
      return true;
    }
    if (standing instanceof Standing.Done) {
      ChildSnapshot snapshot = board.child(last.orElseThrow());
      notifier.complete(() -> pending.result.complete(snapshot));
      return true;
    }
    return false;
  }

  /** What the end of the tree supersedes, nobody else has superseded. */
  private Refusal cause(Standing.Refused refused) {
    boolean isEnding =
        switch (board.phase()) {
          case NEW, RUNNING -> false;
          case STOPPING, STOPPED -> true;
        };
    return isEnding && refused.refusal() == Refusal.SUPERSEDED
        ? Refusal.TREE_STOPPED
        : refused.refusal();
  }

  /** Answers whoever waits for the tree to be ready, if it is. */
  void settleReady(TreeModel model) {
    if (untilReady.isEmpty()) {
      return;
    }
    if (model.isReady()) {
      TreeSnapshot snapshot = board.tree(model);
      while (!untilReady.isEmpty()) {
        CompletableFuture<TreeSnapshot> result = untilReady.remove();
        count(-1);
        notifier.complete(() -> result.complete(snapshot));
      }
    } else if (model.phase() == TreePhase.STOPPING || model.phase() == TreePhase.STOPPED) {
      refuseUntilReady(model.reason());
    }
  }

  private void refuseUntilReady(String reason) {
    while (!untilReady.isEmpty()) {
      count(-1);
      refuse(
          untilReady.remove(),
          new OperationRefusedException(
              Refusal.TREE_STOPPED, ChildId.ROOT, "the tree stops: " + reason));
    }
  }

  /** The tree is over: nothing will be done any more. */
  void refuseAll(String reason) {
    refuseUntilReady(reason);
    byChild.forEach(
        (id, waiting) ->
            waiting.forEach(
                pending ->
                    refuse(
                        pending.result,
                        new OperationRefusedException(
                            Refusal.TREE_STOPPED, id, "the tree has stopped: " + reason))));
    byChild.clear();
    underWay.set(0);
  }
}
