package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/** Whether an operation can be begun at all; asked before the model is. */
final class Admission {
  private final Platform platform;

  Admission(Platform platform) {
    this.platform = platform;
  }

  /** Why it cannot; empty if it can. */
  Optional<Standing.Refused> refusal(TreeModel model, Input.ChildInput input) {
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
    return isDefinition
        ? definition(model, (Input.Define) input)
        : signal(child.orElseThrow(), input);
  }

  private Optional<Standing.Refused> definition(TreeModel model, Input.Define define) {
    List<Signal> missing = StopSignals.missing(define.spec(), platform);
    if (!missing.isEmpty()) {
      return refused(
          Refusal.UNKNOWN_SIGNAL, "its stop needs signals that are not here: " + missing);
    }
    return sharer(model, define.spec())
        .flatMap(other -> refused(Refusal.INVALID_SPEC, "its output must not be that of " + other));
  }

  /** An output belongs to one child. */
  private static Optional<ChildId> sharer(TreeModel model, ChildSpec given) {
    return model.inStartOrder().stream()
        .filter(child -> !child.id().equals(given.id()) && sharesOutput(child.spec(), given))
        .map(ChildModel::id)
        .findFirst();
  }

  private static boolean sharesOutput(ChildSpec a, ChildSpec b) {
    if (!(a instanceof ProcessSpec one && b instanceof ProcessSpec other)) {
      return false;
    }
    if (one.output() instanceof OutputSpec.Custom mine
        && other.output() instanceof OutputSpec.Custom theirs) {
      return mine.sink() == theirs.sink();
    }
    return one.output() instanceof OutputSpec.Logged mine
        && other.output() instanceof OutputSpec.Logged theirs
        && mine.log().directory().equals(theirs.log().directory());
  }

  private Optional<Standing.Refused> signal(ChildModel child, Input.ChildInput input) {
    if (!(input instanceof Input.SendSignal send)) {
      return Optional.empty();
    }
    if (!platform.supports(send.signal())) {
      return refused(Refusal.UNKNOWN_SIGNAL, "there is no signal " + send.signal() + " here");
    }
    return child.pid() == null
        ? refused(Refusal.NOT_RUNNING, "has no process, it is " + child.phase())
        : Optional.empty();
  }

  private static Optional<Standing.Refused> refused(Refusal refusal, String message) {
    return Optional.of(new Standing.Refused(refusal, message));
  }
}
