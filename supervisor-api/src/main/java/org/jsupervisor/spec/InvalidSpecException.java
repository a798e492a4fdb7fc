package org.jsupervisor.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A description was refused. Carries every problem, not only the first. */
public final class InvalidSpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The problems; transient because records of this library are no wire format. */
  private final transient List<SpecProblem> problems;

  /** A refusal with at least one problem. */
  public InvalidSpecException(List<SpecProblem> problems) {
    super(
        problems.size() == 1
            ? problems.get(0).toString()
            : problems.size()
                + " problems:\n  "
                + problems.stream().map(SpecProblem::toString).collect(Collectors.joining("\n  ")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order in which they were found. */
  public List<SpecProblem> problems() {
    return problems;
  }
}
