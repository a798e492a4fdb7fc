package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/** Collects what is wrong or worth a note in one definition. Confined to the call that reads it. */
final class Findings {
  /** A binary file must not become a megabyte of problems. */
  static final int PROBLEMS_MAX = 100;

  private static final Pattern RULE = Pattern.compile(".*?(must .*?)(?:, was .*)?");

  private static final Pattern LINE = Pattern.compile(":([0-9]{1,9})(?::.*)?");

  private final List<SpecProblem> problems = new ArrayList<>();
  private final List<SpecProblem> notes = new ArrayList<>();
  private int problemsLeftOut;

  void problem(String path, String value, String rule) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new SpecProblem(path, value, rule));
    } else {
      problemsLeftOut++;
    }
  }

  void note(Path path, String value, String what) {
    notes.add(new SpecProblem(path.toString(), value, what));
  }

  /** How many problems there are, shown or not. */
  int count() {
    return problems.size() + problemsLeftOut;
  }

  /** The problems that are shown. */
  List<SpecProblem> problems() {
    return List.copyOf(problems);
  }

  /** The value, unless it is refused: then the refusal is a problem at this path. */
  <T> Optional<T> attempt(String path, String value, Supplier<T> constructor) {
    try {
      return Optional.of(constructor.get());
    } catch (InvalidSpecException refusal) {
      refusal.problems().forEach(each -> problem(path, each.value(), each.rule()));
    } catch (IllegalArgumentException refusal) {
      problem(path, value, rule(refusal));
    }
    return Optional.empty();
  }

  /** The rule alone: path and value are shown beside it. */
  private static String rule(IllegalArgumentException refusal) {
    Matcher message = RULE.matcher(String.valueOf(refusal.getMessage()));
    return message.matches() ? message.group(1) : String.valueOf(refusal.getMessage());
  }

  /** The outcome: the spec if nothing was found that is wrong. */
  Definition conclude(DirectoryEntry entry, String name, Supplier<ProcessSpec> spec) {
    return concludeAll(entry, name, () -> List.of(spec.get()));
  }

  /** The same with a logger before the spec, or without. */
  Definition concludeAll(DirectoryEntry entry, String name, Supplier<List<ProcessSpec>> specs) {
    if (count() == 0) {
      Optional<List<ProcessSpec>> built = attempt(entry.path().toString(), "", specs);
      if (built.isPresent()) {
        List<ProcessSpec> all = built.get();
        Optional<ProcessSpec> logger = all.size() > 1 ? Optional.of(all.get(0)) : Optional.empty();
        return new Definition.Defined(entry.path(), logger, all.get(all.size() - 1), notes);
      }
    }
    List<SpecProblem> told = new ArrayList<>(problems);
    told.sort(Comparator.comparingInt(problem -> line(entry, problem)));
    if (problemsLeftOut > 0) {
      told.add(
          new SpecProblem(
              entry.path().toString(),
              Integer.toString(problemsLeftOut),
              "has more problems than are shown"));
    }
    return new Definition.Refused(entry.path(), name, told);
  }

  /** The line of the entry at which the problem is; behind all if it is not at a line. */
  private static int line(DirectoryEntry entry, SpecProblem problem) {
    String file = entry.path().toString();
    String behind = problem.path().startsWith(file) ? problem.path().substring(file.length()) : "";
    Matcher line = LINE.matcher(behind);
    return line.matches() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
  }
}
