package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.SupervisorSpec;

/** The instances of templates: how their specs are made, and where they are let in. */
final class Instances {
  private Instances() {}

  /** The template of a supervisor; empty if it has none or is a worker. */
  static Optional<ChildTemplate> template(ChildSpec lead) {
    return lead instanceof SupervisorSpec supervisor ? supervisor.template() : Optional.empty();
  }

  /**
   * The spec of an instance. Templates are code of others, called on the caller's thread: whatever
   * they throw is a refusal.
   *
   * @throws OperationRefusedException if there is none that could be started
   */
  @SuppressWarnings({"CatchingUnchecked", "ConstantValue"})
  static ChildSpec make(ChildTemplate template, ChildId id, List<String> arguments) {
    @Nullable ChildSpec made;
    try {
      ChildSpec given = template.instance(id.name(), arguments);
      made = given == null ? null : given.at(id);
    } catch (Throwable thrown) {
      OperationRefusedException refusal =
          refused(id, "its template threw " + Failures.text(thrown));
      refusal.initCause(thrown);
      throw refusal;
    }
    if (made == null) {
      throw refused(id, "its template answered null");
    }
    if (made.initially() == Desire.DOWN) {
      throw refused(id, "an instance is started at once, its template wants it DOWN");
    }
    return made;
  }

  private static OperationRefusedException refused(ChildId id, String message) {
    return new OperationRefusedException(Refusal.INVALID_SPEC, id, message);
  }

  /**
   * Why a definition is not let in below this supervisor; empty if the template, or that there is
   * none, does not forbid it. Asked on the engine's thread, right before the step: nobody comes in
   * between.
   */
  static Optional<Standing.Refused> refusal(
      ChildModel lead, Optional<ChildModel> child, Terms terms) {
    Optional<ChildTemplate> now = template(lead.spec());
    if (terms.template().isEmpty()) {
      return now.isEmpty()
          ? Optional.empty()
          : refused(Refusal.INVALID_SPEC, lead.id() + " has only instances of its template");
    }
    if (child.isPresent()) {
      return refused(Refusal.ALREADY_THERE, "is there already, it is " + child.get().phase());
    }
    // The same object, not an equal one: equals is code of others, and a supervisor keeps its
    // template until it gets another one.
    boolean isSame = now.isPresent() && now.get() == terms.template().get();
    return isSame
        ? Optional.empty()
        : refused(Refusal.STALE, "was made by a template that " + lead.id() + " has no longer");
  }

  private static Optional<Standing.Refused> refused(Refusal refusal, String message) {
    return Optional.of(new Standing.Refused(refusal, message));
  }
}
