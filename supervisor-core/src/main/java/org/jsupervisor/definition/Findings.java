package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;

/**
 * Collects what is wrong or worth a note in one definition, so that all of it is told at once.
 * Confined to the call that reads it.
 *
 * <p>A place is the path of a file, with {@code :LINE} and {@code : KEY} behind it where they are
 * known. Values that may be secrets are left empty.
 */
public final class Findings {
  /** How many problems are shown: a binary file must not become a megabyte of them. */
  public static final int PROBLEMS_MAX = 100;

  private static final Pattern RULE = Pattern.compile(".*?(must .*?)(?:, was .*)?");

  private static final Pattern LINE = Pattern.compile(":([0-9]{1,9})(?::.*)?");

  private final List<SpecProblem> problems = new ArrayList<>();
  private final List<SpecProblem> notes = new ArrayList<>();
  private int problemsLeftOut;

  /** Nothing is found yet. */
  public Findings() {}

  /** Something that refuses the definition: the place, the value there, and what it must be. */
  public void problem(String path, String value, String rule) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new SpecProblem(path, value, rule));
    } else {
      problemsLeftOut++;
    }
  }

  /** Something that is there and not honoured, or not as its author expects. */
  public void note(String place, String value, String what) {
    notes.add(new SpecProblem(place, value, what));
  }

  void note(Path path, String value, String what) {
    note(path.toString(), value, what);
  }

  /** How many problems there are, shown or not. */
  public int count() {
    return problems.size() + problemsLeftOut;
  }

  /** The problems that are shown, in the order of discovery. */
  public List<SpecProblem> problems() {
    return List.copyOf(problems);
  }

  /** The notes, in the order of discovery. */
  public List<SpecProblem> notes() {
    return List.copyOf(notes);
  }

  /**
   * The environment with a variable set to this; as it was, and a problem at this place, if such a
   * name or value cannot be in one. The value is not told: it may be a secret.
   */
  public Environment set(
      Environment environment, String place, Map.Entry<String, String> variable) {
    return attempt(place, "", () -> environment.with(variable.getKey(), variable.getValue()))
        .orElse(environment);
  }

  /**
   * The value, unless it is refused by an {@link IllegalArgumentException}: then the refusal is a
   * problem at this path.
   */
  public <T> Optional<T> attempt(String path, String value, Supplier<T> constructor) {
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

  /**
   * The outcome: the spec if nothing was found that is wrong, and it is not refused itself.
   *
   * @param name of the child; one that cannot be a child's is a problem
   * @param spec asked at most once, and only if nothing is wrong
   */
  public Definition conclude(DirectoryEntry entry, String name, Supplier<ProcessSpec> spec) {
    return concludeAll(entry, name, () -> List.of(spec.get()));
  }

  /** The same with a logger before the spec, or without. */
  public Definition concludeAll(
      DirectoryEntry entry, String name, Supplier<List<ProcessSpec>> specs) {
    if (!ChildId.isName(name)) {
      problem(printable(entry.path()), name, "a name must be 1 to 100 of A-Z a-z 0-9 . _ @ -");
    }
    if (count() == 0) {
      Optional<List<ProcessSpec>> built = attempt(entry.path().toString(), "", specs);
      if (built.isPresent()) {
        List<ProcessSpec> all = built.get();
        Optional<ProcessSpec> logger = all.size() > 1 ? Optional.of(all.get(0)) : Optional.empty();
        return new Definition.Defined(entry.path(), logger, all.get(all.size() - 1), notes);
      }
    }
    return new Definition.Refused(entry.path(), name, told(entry));
  }

  /**
   * The same definitions, with the notes that were taken here told by the first that is in order:
   * for what concerns a whole entry. If none is in order, its problems come first, and the notes
   * when they are mended.
   */
  public List<Definition> telling(List<Definition> definitions) {
    List<Definition> told = new ArrayList<>(definitions);
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i) instanceof Definition.Defined first) {
        List<SpecProblem> all = new ArrayList<>(notes);
        all.addAll(first.notes());
        told.set(i, new Definition.Defined(first.origin(), first.logger(), first.spec(), all));
        break;
      }
    }
    return List.copyOf(told);
  }

  /** The outcome if it cannot be known what the entry defines; something must have been found. */
  public Definition unreadable(DirectoryEntry entry) {
    return new Definition.Unreadable(entry.path(), told(entry));
  }

  /** A name of a file may contain anything, a line break too. */
  private static String printable(Path path) {
    return path.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** The problems that are shown, by line. */
  private List<SpecProblem> told(DirectoryEntry entry) {
    List<SpecProblem> told = new ArrayList<>(problems);
    told.sort(Comparator.comparingInt(problem -> line(entry, problem)));
    if (problemsLeftOut > 0) {
      told.add(
          new SpecProblem(
              entry.path().toString(),
              Integer.toString(problemsLeftOut),
              "has more problems than are shown"));
    }
    return told;
  }

  /** The line of the entry at which the problem is; behind all if it is not at a line. */
  private static int line(DirectoryEntry entry, SpecProblem problem) {
    String file = entry.path().toString();
    String behind = problem.path().startsWith(file) ? problem.path().substring(file.length()) : "";
    Matcher line = LINE.matcher(behind);
    return line.matches() ? Integer.parseInt(line.group(1)) : Integer.MAX_VALUE;
  }
}
