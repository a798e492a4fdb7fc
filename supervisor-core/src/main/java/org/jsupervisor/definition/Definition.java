package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/** What became of one entry of a scan directory. Immutable. */
public sealed interface Definition {
  /** The name of the child; of a refused one it may not even be allowed as a name. */
  String name();

  /** The entry that was read. */
  Path origin();

  /**
   * A definition that is in order.
   *
   * @param origin the entry that was read
   * @param spec what it says
   * @param notes what the entry asks for and is not honoured, in the order of discovery
   */
  record Defined(Path origin, ProcessSpec spec, List<SpecProblem> notes) implements Definition {
    public Defined {
      notes = List.copyOf(notes);
    }

    @Override
    public String name() {
      return spec.id().name();
    }
  }

  /**
   * A definition that is not.
   *
   * @param origin the entry that was read
   * @param name the name of the child, as found
   * @param problems all that is wrong, at least one
   */
  record Refused(Path origin, String name, List<SpecProblem> problems) implements Definition {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("refused definition '" + name + "': needs a problem");
      }
    }
  }
}
