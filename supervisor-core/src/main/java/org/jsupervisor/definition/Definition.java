package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/** What became of an entry of a scan directory, or of a part of it. Immutable. */
public sealed interface Definition {
  /**
   * The name of the child; of a refused one it may not even be allowed as a name. Of what cannot be
   * read it is the name of the entry.
   */
  String name();

  /** The names of all children that it would define, its own the last; empty if not known. */
  List<String> names();

  /** The entry that was read. */
  Path origin();

  /** All that is wrong; empty if it is in order. */
  default List<SpecProblem> problems() {
    return List.of();
  }

  /**
   * A definition that is in order.
   *
   * @param origin the entry that was read
   * @param logger the child that reads the output of the other, if it brings one
   * @param spec what it says
   * @param notes what the entry asks for and is not honoured, in the order of discovery
   */
  record Defined(
      Path origin, Optional<ProcessSpec> logger, ProcessSpec spec, List<SpecProblem> notes)
      implements Definition {
    public Defined {
      notes = List.copyOf(notes);
    }

    /** A definition of one child. */
    public Defined(Path origin, ProcessSpec spec, List<SpecProblem> notes) {
      this(origin, Optional.empty(), spec, notes);
    }

    /** All that it defines: what others need comes first. */
    public List<ProcessSpec> specs() {
      return Stream.concat(logger.stream(), Stream.of(spec)).toList();
    }

    @Override
    public List<String> names() {
      return specs().stream().map(each -> each.id().name()).toList();
    }

    @Override
    public String name() {
      return spec.id().name();
    }
  }

  /**
   * A definition that is not. What was in force under its name stays in force.
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

    @Override
    public List<String> names() {
      return List.of(name);
    }
  }

  /**
   * An entry of which it is not known what it defines. All that came from it stays in force.
   *
   * @param origin the entry
   * @param problems why, at least one
   */
  record Unreadable(Path origin, List<SpecProblem> problems) implements Definition {
    public Unreadable {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("unreadable '" + origin + "': needs a problem");
      }
    }

    @Override
    public String name() {
      return String.valueOf(origin.getFileName());
    }

    @Override
    public List<String> names() {
      return List.of();
    }
  }
}
