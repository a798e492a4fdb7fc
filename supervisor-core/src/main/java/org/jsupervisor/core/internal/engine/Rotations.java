package org.jsupervisor.core.internal.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.core.internal.output.Writers;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Rotations that were asked for. The files are touched by a writer, whose word comes back to the
 * engine, which the rest is confined to. What is left undone when the tree ends is refused.
 */
final class Rotations {
  private final EngineParts parts;
  private final Requests requests;
  private final Outputs outputs;
  private final Writers writers;
  private final Set<Operation.Rotate> underWay = new HashSet<>();

  /** From the writers to the engine: at most as many as are under way. */
  private final Queue<Done> done = new ConcurrentLinkedQueue<>();

  /** What came of one; empty if all went well. */
  private record Done(Operation.Rotate asked, Optional<String> failure) {}

  Rotations(EngineParts parts, Requests requests, Outputs outputs, Writers writers) {
    this.parts = parts;
    this.requests = requests;
    this.outputs = outputs;
    this.writers = writers;
  }

  /** Sees to it that the caller is answered. */
  void begin(TreeModel model, Operation.Rotate asked) {
    Optional<ChildModel> child = model.child(asked.child());
    Optional<Standing.Refused> refusal = Admission.absentOrStale(child, asked.terms());
    if (refusal.isPresent()) {
      refuse(asked, refusal.get().refusal(), refusal.get().message());
      return;
    }
    Optional<List<RotatingSink>> sinks =
        child.get().spec() instanceof ProcessSpec spec ? outputs.rotating(spec) : Optional.empty();
    if (sinks.isEmpty()) {
      refuse(asked, Refusal.NO_LOG, "has no log directory, so there is nothing to rotate");
    } else if (underWay.size() >= parts.options().operationsMax()) {
      refuse(asked, Refusal.OVERLOADED, "too many rotations are under way");
    } else {
      underWay.add(asked);
      writers.execute(() -> rotate(asked, sinks.get()));
    }
  }

  /** On a writer: all of them, whatever happens to one. */
  private void rotate(Operation.Rotate asked, List<RotatingSink> sinks) {
    Optional<String> failure = Optional.empty();
    for (RotatingSink sink : sinks) {
      try {
        sink.rotate();
      } catch (Throwable e) {
        // Sinks are code of others.
        failure = failure.or(() -> Optional.of(Failures.text(e)));
      }
    }
    done.add(new Done(asked, failure));
    parts.platform().wakeUp();
  }

  /** Answers the callers whose rotations are done; returns how many they are. */
  int take() {
    int taken = 0;
    for (Done next = done.poll(); next != null; next = done.poll()) {
      underWay.remove(next.asked);
      answer(next.asked, next.failure);
      taken++;
    }
    return taken;
  }

  private void answer(Operation.Rotate asked, Optional<String> failure) {
    Optional<ChildSnapshot> child = parts.board().child(asked.child());
    if (failure.isPresent()) {
      refuse(asked, Refusal.ROTATION_FAILED, "log not rotated: " + failure.get());
    } else if (child.isEmpty()) {
      refuse(asked, Refusal.REMOVED, "was removed meanwhile");
    } else {
      parts
          .notifier()
          .publish(List.of(new SupervisorEvent.LogRotated(asked.child(), asked.reason())));
      parts.notifier().complete(() -> asked.result().complete(child.get()));
    }
  }

  private void refuse(Operation.Rotate asked, Refusal refusal, String why) {
    requests.count(refusal);
    parts.notifier().complete(() -> asked.refuse(refusal, why));
  }

  /** The tree has ended: whatever a writer has still done, nobody hears of it. */
  void refuseAll() {
    underWay.forEach(asked -> refuse(asked, Refusal.TREE_STOPPED, "the tree has stopped"));
    underWay.clear();
  }
}
