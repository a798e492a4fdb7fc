package org.jsupervisor.simulation;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;

/** What an operator of a scenario calls. */
final class OperationCalls {
  /** Far from what any scenario reaches. */
  private static final long NEVER_SEEN = 1_000_000_000L;

  private final Supervisor tree;

  OperationCalls(Supervisor tree) {
    this.tree = tree;
  }

  /** What the operation is answered with; empty if the happening is none on a child. */
  Optional<CompletionStage<ChildSnapshot>> call(Happening happening) {
    if (happening instanceof Happening.Up up) {
      return Optional.of(tree.up(up.child()));
    } else if (happening instanceof Happening.Once once) {
      return Optional.of(tree.once(once.child()));
    } else if (happening instanceof Happening.Down down) {
      return Optional.of(tree.down(down.child()));
    } else if (happening instanceof Happening.Restart restart) {
      return Optional.of(tree.restart(restart.child(), "asked for"));
    } else if (happening instanceof Happening.StaleRestart stale) {
      return Optional.of(tree.restart(stale.child(), stale(stale.child())));
    }
    return more(happening);
  }

  private Optional<CompletionStage<ChildSnapshot>> more(Happening happening) {
    if (happening instanceof Happening.SendSignal send) {
      return Optional.of(tree.signal(send.child(), send.signal()));
    } else if (happening instanceof Happening.Pause pause) {
      return Optional.of(tree.pause(pause.child()));
    } else if (happening instanceof Happening.Resume resume) {
      return Optional.of(tree.resume(resume.child()));
    } else if (happening instanceof Happening.Define define) {
      return Optional.of(tree.define(define.spec()));
    } else if (happening instanceof Happening.Remove remove) {
      return Optional.of(tree.remove(remove.child()));
    }
    return Optional.empty();
  }

  /** By somebody who has not seen the child as it is: generations never come again. */
  private Request stale(ChildId child) {
    long now = tree.child(child).map(ChildSnapshot::generation).orElse(1L);
    return Request.of("scenario", "decided on an old view")
        .expecting(now > 1 ? now - 1 : NEVER_SEEN);
  }
}
