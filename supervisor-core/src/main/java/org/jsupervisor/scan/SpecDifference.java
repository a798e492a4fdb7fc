package org.jsupervisor.scan;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jsupervisor.spec.ProcessSpec;

/** Which parts of a spec are others than before, by their names: values may be secrets. */
final class SpecDifference {
  private SpecDifference() {}

  static String between(ProcessSpec before, ProcessSpec now) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent part : ProcessSpec.class.getRecordComponents()) {
      if (!Objects.equals(value(part, before), value(part, now))) {
        parts.add(part.getName());
      }
    }
    return String.join(", ", parts) + " changed";
  }

  private static Object value(RecordComponent part, ProcessSpec spec) {
    try {
      return part.getAccessor().invoke(spec);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("accessors of a public record are public", e);
    }
  }
}
