package org.jsupervisor.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/**
 * What a scan directory held at one moment. Immutable.
 *
 * @param directory what was read
 * @param definitions what became of the entries that define something, in the order of their names
 * @param unread a note for each entry that no reader knows
 * @param elsewhere the files that were read, or looked for in vain, and are in none of the places
 *     where changes of the entries are noticed: what they include, for instance; and the
 *     directories that were searched for files
 */
public record ScanResult(
    Path directory, List<Definition> definitions, List<SpecProblem> unread, Set<Path> elsewhere) {
  public ScanResult {
    definitions = List.copyOf(definitions);
    unread = List.copyOf(unread);
    elsewhere = Set.copyOf(elsewhere);
  }

  /**
   * The specs of all definitions that are in order, in the order of their names, each behind its
   * logger.
   */
  public List<ProcessSpec> specs() {
    List<ProcessSpec> specs = new ArrayList<>();
    for (Definition definition : definitions) {
      if (definition instanceof Definition.Defined defined) {
        specs.addAll(defined.specs());
      }
    }
    return List.copyOf(specs);
  }

  /** Why the others were refused or could not be read. */
  public List<SpecProblem> problems() {
    return definitions.stream().flatMap(each -> each.problems().stream()).toList();
  }

  /** What is there and is not honoured: parts of definitions, then whole entries. */
  public List<SpecProblem> notes() {
    List<SpecProblem> notes = new ArrayList<>();
    for (Definition definition : definitions) {
      if (definition instanceof Definition.Defined defined) {
        notes.addAll(defined.notes());
      }
    }
    notes.addAll(unread);
    return List.copyOf(notes);
  }

  /** What a host does that begins with what was found: everything is new. */
  public ChangePlan planOfStart() {
    return Changes.of(ScanPlan.between(Map.of(), Map.of(), this), Map.of(), this);
  }
}
