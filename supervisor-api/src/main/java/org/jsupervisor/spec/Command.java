package org.jsupervisor.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A program and its arguments. Never a line for a shell: each element reaches the program as it is.
 * If the program has no {@code /}, it is looked up in the <em>child's</em> {@code PATH}.
 *
 * @param argv the program, then its arguments; 1 to {@value #ARGUMENTS_MAX} elements
 */
public record Command(List<String> argv) {
  /** The most elements that are accepted. */
  public static final int ARGUMENTS_MAX = 10_000;

  /**
   * Checks all elements.
   *
   * @throws InvalidSpecException with every problem
   */
  public Command {
    argv = List.copyOf(argv);
    Problems problems = new Problems();
    if (argv.isEmpty() || argv.get(0).isEmpty()) {
      problems.add("command", "", "must name a program");
    }
    if (argv.size() > ARGUMENTS_MAX) {
      problems.add(
          "command",
          Integer.toString(argv.size()),
          "must have at most " + ARGUMENTS_MAX + " elements");
    }
    for (int i = 0; i < argv.size(); i++) {
      if (argv.get(i).indexOf('\0') >= 0) {
        // The element is not shown: arguments may hold secrets.
        problems.add("command[" + i + "]", "", "must not contain a NUL");
      }
    }
    problems.throwIfAny();
  }

  /** The program with these arguments. */
  public static Command of(String program, String... arguments) {
    List<String> argv = new ArrayList<>(arguments.length + 1);
    argv.add(program);
    argv.addAll(List.of(arguments));
    return new Command(argv);
  }

  /** The first element. */
  public String program() {
    return argv.get(0);
  }

  /** The program and the number of arguments: arguments may hold secrets. */
  @Override
  public String toString() {
    int arguments = argv.size() - 1;
    return program() + (arguments == 0 ? "" : " (+ " + arguments + " arguments)");
  }
}
