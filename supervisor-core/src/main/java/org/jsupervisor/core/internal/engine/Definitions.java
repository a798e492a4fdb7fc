package org.jsupervisor.core.internal.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.Refusal;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.DependencyGraph;
import org.jsupervisor.spec.Feeds;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.SpecProblem;
import org.jsupervisor.spec.SupervisorSpec;

/** Whether a spec fits into the running tree: what its supervisor's spec would have checked. */
final class Definitions {
  private final Platform platform;

  Definitions(Platform platform) {
    this.platform = platform;
  }

  /** Why it does not; empty if it does. */
  Optional<Standing.Refused> refusal(TreeModel model, ChildModel lead, ChildSpec given) {
    List<Signal> missing = StopSignals.missing(given, platform);
    if (!missing.isEmpty()) {
      return Optional.of(
          new Standing.Refused(
              Refusal.UNKNOWN_SIGNAL, "its stop needs signals that are not here: " + missing));
    }
    return depth(given)
        .or(() -> kind(model, given))
        .or(() -> significance(lead, given))
        .or(() -> output(model, given))
        .or(() -> dependencies(model, lead, given))
        .map(why -> new Standing.Refused(Refusal.INVALID_SPEC, why));
  }

  /** In the model an address that is too deep would be the end of the engine. */
  private static Optional<String> depth(ChildSpec given) {
    int depth = given.id().path().split("/", -1).length + height(given);
    return depth <= ChildId.DEPTH_MAX
        ? Optional.empty()
        : Optional.of(
            "would be " + depth + " names deep, at most " + ChildId.DEPTH_MAX + " are allowed");
  }

  private static int height(ChildSpec given) {
    return given instanceof SupervisorSpec supervisor
        ? supervisor.children().stream().mapToInt(child -> 1 + height(child)).max().orElse(0)
        : 0;
  }

  private static Optional<String> kind(TreeModel model, ChildSpec given) {
    return model
        .child(given.id())
        .map(child -> child.spec().kind())
        .filter(kind -> kind != given.kind())
        .map(kind -> "a " + kind + " cannot become a " + given.kind() + ": remove it first");
  }

  /** Policies are code of others, which may throw. */
  @SuppressWarnings("CatchingUnchecked")
  private static Optional<String> significance(ChildModel lead, ChildSpec given) {
    if (given.significance() == Significance.ORDINARY) {
      return Optional.empty();
    }
    try {
      if (given.restart().type() == RestartType.PERMANENT) {
        return Optional.of("a permanent child must not be significant");
      }
    } catch (Throwable thrown) {
      return Optional.of("its restart policy threw " + Failures.text(thrown));
    }
    boolean never = ((SupervisorSpec) lead.spec()).autoShutdown() == AutoShutdown.NEVER;
    return never
        ? Optional.of("must not be significant in a supervisor without auto-shutdown")
        : Optional.empty();
  }

  private static Optional<String> dependencies(TreeModel model, ChildModel lead, ChildSpec given) {
    boolean isAlone =
        given.dependencies().isEmpty()
            && model
                .child(given.id())
                .filter(before -> !model.dependents(lead, before).isEmpty())
                .isEmpty();
    if (isAlone) {
      return Optional.empty();
    }
    List<ChildSpec> siblings =
        model.childrenOf(lead).stream()
            .filter(child -> !child.removing())
            .map(ChildModel::spec)
            .toList();
    List<String> problems =
        Stream.concat(
                DependencyGraph.problems(given, siblings).stream(),
                Feeds.problems(given, siblings).stream())
            .map(SpecProblem::toString)
            .toList();
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  /** An output belongs to one child; those below a supervisor come with it. */
  private static Optional<String> output(TreeModel model, ChildSpec given) {
    List<OutputSpec> outputs = keptOutputs(given).toList();
    if (outputs.isEmpty()) {
      return Optional.empty();
    }
    Optional<ChildId> other =
        model.inStartOrder().stream()
            .filter(child -> !isWithin(child.id(), given.id()) && usesAny(child.spec(), outputs))
            .map(ChildModel::id)
            .findFirst();
    String whose = given instanceof SupervisorSpec ? "an output below it" : "its output";
    return other.map(id -> whose + " must not be that of " + id);
  }

  private static Stream<OutputSpec> keptOutputs(ChildSpec given) {
    if (given instanceof SupervisorSpec supervisor) {
      return supervisor.children().stream().flatMap(Definitions::keptOutputs);
    }
    return Stream.of(given)
        .filter(ProcessSpec.class::isInstance)
        .map(process -> ((ProcessSpec) process).output())
        .filter(output -> !output.destinations().isEmpty());
  }

  private static boolean isWithin(ChildId child, ChildId other) {
    return child.equals(other) || child.path().startsWith(other.path() + "/");
  }

  private static boolean usesAny(ChildSpec spec, List<OutputSpec> outputs) {
    return spec instanceof ProcessSpec process
        && outputs.stream().anyMatch(process.output()::sharesWith);
  }
}
