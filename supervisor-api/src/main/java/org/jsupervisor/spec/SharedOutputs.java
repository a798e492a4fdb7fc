package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.ChildId;

/**
 * Finds children that would share a place for their output: a log directory, a spill file or a
 * sink. Linear in children and places.
 */
public final class SharedOutputs {
  private SharedOutputs() {}

  /**
   * A place that must belong to one child, and does not.
   *
   * @param place its path; of a sink only that it is one
   * @param children who would use it, at least two, in the order of the siblings
   */
  public record Shared(String place, List<ChildId> children) {
    public Shared {
      children = List.copyOf(children);
    }
  }

  /**
   * Every place that more than one child would use, in the order of discovery.
   *
   * @param siblings looked at with all that is below them, which has its address from here
   */
  public static List<Shared> of(Collection<? extends ChildSpec> siblings) {
    Map<OutputPlace, List<ChildId>> users = new LinkedHashMap<>();
    siblings.forEach(each -> collect(each.id(), each, users));
    List<Shared> shared = new ArrayList<>();
    users.forEach(
        (place, children) -> {
          if (children.size() > 1) {
            shared.add(new Shared(place.name(), children));
          }
        });
    return List.copyOf(shared);
  }

  private static void collect(
      ChildId address, ChildSpec spec, Map<OutputPlace, List<ChildId>> users) {
    if (spec instanceof ProcessSpec process) {
      OutputPlace.of(process.output())
          .forEach(place -> users.computeIfAbsent(place, any -> new ArrayList<>(1)).add(address));
    } else if (spec instanceof SupervisorSpec supervisor) {
      for (ChildSpec below : supervisor.children()) {
        collect(address.child(below.id().name()), below, users);
      }
    }
  }

  static void check(List<ChildSpec> children, Problems problems) {
    for (Shared shared : of(children)) {
      List<ChildId> users = shared.children();
      for (int i = 1; i < users.size(); i++) {
        problems.add(
            "children",
            shared.place(),
            "the output of " + users.get(i) + " must not be that of " + users.get(i - 1));
      }
    }
  }
}
