package org.jsupervisor.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * A spec and where it comes from. Immutable.
 *
 * @param origin the entry of the scan directory
 */
record Sourced(ProcessSpec spec, Path origin) {
  ChildId id() {
    return spec.id();
  }

  /** All that is in order, in the order of the definitions. */
  static List<Sourced> of(ScanResult found) {
    List<Sourced> all = new ArrayList<>();
    for (Definition each : found.definitions()) {
      if (each instanceof Definition.Defined defined) {
        defined.specs().forEach(spec -> all.add(new Sourced(spec, defined.origin())));
      }
    }
    return all;
  }
}
