package org.jsupervisor.definition.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.systemd.UnitText.Assignment;

/**
 * One command of an {@code Exec} line.
 *
 * @param argv the program and its arguments
 * @param argumentZero what the program finds as its own name, if that is another ({@code @})
 * @param ignoresFailure whether any exit is as good as 0 ({@code -})
 * @param privileged whether it is to be run without the user of the unit ({@code +} and {@code !})
 */
record UnitCommand(
    List<String> argv, Optional<String> argumentZero, boolean ignoresFailure, boolean privileged) {
  private static final Pattern BRACED =
      Pattern.compile("\\$(?:\\$|\\{([A-Za-z_][A-Za-z0-9_]*)\\})");

  /** A word that begins so is a variable as a whole, whatever stands in it. */
  private static final Pattern ALONE = Pattern.compile("\\$(?![{$])(.*)", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String PREFIXES = "@-:+!";

  UnitCommand {
    argv = List.copyOf(argv);
  }

  /**
   * Reads the lines of a directive.
   *
   * @param specifiers replaces what {@code %} stands for
   * @param variables what {@code ${NAME}} and {@code $NAME} stand for
   */
  record Reader(
      UnaryOperator<String> specifiers, Map<String, String> variables, Findings findings) {
    /** All commands of a line; {@code ;} as a word of its own parts them. */
    List<UnitCommand> read(Assignment line) {
      List<UnitCommand> commands = new ArrayList<>();
      List<UnitWords.Word> words =
          findings.attempt(line.place(), "", () -> UnitWords.split(line.value())).orElse(List.of());
      if (words.stream().anyMatch(word -> word.hasUnknownEscape() && !isSemicolon(word))) {
        findings.note(line.place(), "", "has a backslash that escapes nothing; it stays");
      }
      List<UnitWords.Word> command = new ArrayList<>();
      for (UnitWords.Word word : words) {
        if (word.written().equals(";")) {
          add(line, command, commands);
          command.clear();
        } else {
          command.add(word);
        }
      }
      add(line, command, commands);
      return commands;
    }

    /** One that does not part commands. */
    private static boolean isSemicolon(UnitWords.Word word) {
      return word.written().equals("\\;");
    }

    private void add(Assignment line, List<UnitWords.Word> words, List<UnitCommand> commands) {
      if (!words.isEmpty()) {
        findings.attempt(line.place(), "", () -> command(line, words)).ifPresent(commands::add);
      }
    }

    private UnitCommand command(Assignment line, List<UnitWords.Word> words) {
      String first = words.get(0).text();
      int prefixes = 0;
      while (prefixes < first.length() && PREFIXES.indexOf(first.charAt(prefixes)) >= 0) {
        prefixes++;
      }
      String prefix = first.substring(0, prefixes);
      boolean literal = prefix.contains(":");
      String program = specifiers.apply(first.substring(prefixes));
      if (program.isEmpty() || program.startsWith("$")) {
        throw new IllegalArgumentException("command: must name a program, and not by a variable");
      }
      List<String> arguments = new ArrayList<>();
      for (UnitWords.Word word : words.subList(1, words.size())) {
        String text = isSemicolon(word) ? ";" : specifiers.apply(word.text());
        arguments.addAll(literal ? List.of(text) : expanded(line, text));
      }
      Optional<String> zero = Optional.empty();
      if (prefix.contains("@")) {
        if (arguments.isEmpty()) {
          throw new IllegalArgumentException("command: must have the name that @ gives it");
        }
        zero = Optional.of(arguments.remove(0));
      }
      List<String> argv = new ArrayList<>();
      argv.add(program);
      argv.addAll(arguments);
      boolean privileged = prefix.contains("+") || prefix.contains("!");
      return new UnitCommand(argv, zero, prefix.contains("-"), privileged);
    }

    /**
     * {@code $NAME} as a word becomes words, {@code ${NAME}} stays within its word; any other word
     * that begins with a {@code $} is a variable that there is not.
     */
    private List<String> expanded(Assignment line, String word) {
      Matcher alone = ALONE.matcher(word);
      if (alone.matches() && NAME.matcher(alone.group(1)).matches()) {
        return UnitWords.ofVariable(variable(line, alone.group(1)));
      }
      if (alone.matches()) {
        findings.note(
            line.place(),
            "",
            "has a word that begins with $ and is no variable; it is left out, as by systemd:"
                + " ${NAME} is replaced within a word");
        return List.of();
      }
      return List.of(
          BRACED
              .matcher(word)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          found.group(1) == null ? "$" : variable(line, found.group(1)))));
    }

    private String variable(Assignment line, String name) {
      String value = variables.get(name);
      if (value == null) {
        findings.note(
            line.place(), name, "is a variable that the unit does not set; it is taken as empty");
        return "";
      }
      return value;
    }
  }
}
