package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Life;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;

/** Whether an operation can be begun at all; asked before the model is. */
final class Admission {
  private final Platform platform;
  private final Definitions definitions;

  Admission(Platform platform) {
    this.platform = platform;
    this.definitions = new Definitions(platform);
  }

  /** Why it cannot; empty if it can. */
  Optional<Standing.Refused> refusal(TreeModel model, Operation.OnChild operation) {
    Input.ChildInput input = operation.input();
    Optional<ChildModel> child = model.child(input.child());
    Optional<ChildModel> lead = input.child().parent().flatMap(model::child);
    boolean isDefinition = input instanceof Input.Define;
    if (lead.isEmpty() || (child.isEmpty() && !isDefinition)) {
      return refused(Refusal.UNKNOWN_CHILD, "there is no such child");
    }
    if (!lead.get().isSupervisor()) {
      return refused(Refusal.UNKNOWN_CHILD, lead.get().id() + " is no supervisor");
    }
    if (!TreeMachine.isSupervised(model, input.child())) {
      return refused(
          Refusal.SUPERVISOR_DOWN, "its supervisor is " + lead.get().phase() + ", not up");
    }
    Optional<Standing.Refused> stale = stale(child, operation.terms().generation());
    if (stale.isPresent()) {
      return stale;
    }
    if (input instanceof Input.Remove) {
      return needed(model, lead.get(), child.orElseThrow());
    }
    return isDefinition
        ? Instances.refusal(lead.get(), child, operation.terms())
            .or(() -> definitions.refusal(model, lead.get(), ((Input.Define) input).spec()))
        : process(child.orElseThrow(), input);
  }

  /**
   * For what does not touch the model, and may be done whatever the child and its supervisor are.
   */
  static Optional<Standing.Refused> absentOrStale(Optional<ChildModel> child, Terms terms) {
    Optional<Standing.Refused> stale = stale(child, terms.generation());
    return stale.isEmpty() && child.isEmpty()
        ? refused(Refusal.UNKNOWN_CHILD, "there is no such child")
        : stale;
  }

  private Optional<Standing.Refused> process(ChildModel child, Input.ChildInput input) {
    boolean isPause = input instanceof Input.Pause || input instanceof Input.Resume;
    return isPause ? pause(child) : signal(child, input);
  }

  /** What is coming or ending is not to stand still: its deadlines are about that. */
  private static Optional<Standing.Refused> pause(ChildModel child) {
    ChildSpec.Kind kind = child.spec().kind();
    if (kind != ChildSpec.Kind.PROCESS) {
      return refused(Refusal.NOT_A_PROCESS, "cannot be paused, it is a " + kind);
    }
    return child.phase() == Phase.RUNNING
        ? Optional.empty()
        : refused(Refusal.NOT_RUNNING, "is not RUNNING, it is " + child.phase());
  }

  /** Asked on the engine's thread, right before the step: nothing comes in between. */
  private static Optional<Standing.Refused> stale(
      Optional<ChildModel> child, OptionalLong expected) {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    long seen = expected.getAsLong();
    if (child.isEmpty()) {
      return refused(Refusal.STALE, "is not there any more, generation " + seen + " was expected");
    }
    long now = child.get().generation();
    return now == seen
        ? Optional.empty()
        : refused(Refusal.STALE, "has generation " + now + " by now, " + seen + " was expected");
  }

  /** Who is removed must not leave others behind that wait for it for ever. */
  private static Optional<Standing.Refused> needed(
      TreeModel model, ChildModel lead, ChildModel child) {
    List<ChildId> dependents = model.dependents(lead, child);
    return dependents.isEmpty()
        ? Optional.empty()
        : refused(Refusal.NEEDED, "others depend on it: " + dependents);
  }

  private Optional<Standing.Refused> signal(ChildModel child, Input.ChildInput input) {
    if (!(input instanceof Input.SendSignal send)) {
      return Optional.empty();
    }
    ChildSpec.Kind kind = child.spec().kind();
    if (kind != ChildSpec.Kind.PROCESS) {
      return refused(Refusal.NOT_A_PROCESS, "has no signals, it is a " + kind);
    }
    if (!platform.supports(send.signal())) {
      return refused(Refusal.UNKNOWN_SIGNAL, "there is no signal " + send.signal() + " here");
    }
    return child.life() instanceof Life.OfProcess
        ? Optional.empty()
        : refused(Refusal.NOT_RUNNING, "has no process, it is " + child.phase());
  }

  private static Optional<Standing.Refused> refused(Refusal refusal, String message) {
    return Optional.of(new Standing.Refused(refusal, message));
  }
}
