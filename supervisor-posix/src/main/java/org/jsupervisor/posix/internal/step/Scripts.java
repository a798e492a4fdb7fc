package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done by a script, since no tool does it. The text of a script is fixed but for numbers
 * that are counted here; everything else reaches it as an argument, so there is nothing to quote.
 *
 * <p>A shell drops variables whose names it could not assign to. Where the child has one, perl does
 * the same; it changes no variable.
 */
final class Scripts {
  static final String ARGUMENT_ZERO_PERL =
      "my $n = shift; my $p = shift; exec {$p} $n, @ARGV; exit 127";

  private static final String SHELL_CGROUP = "echo $$ >\"$1/cgroup.procs\" || exit 111; shift; ";
  private static final String SHELL_UMASK = "umask \"$1\" || exit 111; shift; ";
  private static final String SHELL_EXEC = "exec \"$@\"";
  private static final String PERL_CGROUP =
      "$g = shift; (open($f, '>', \"$g/cgroup.procs\") && print($f \"$$\\n\") && close($f))"
          + " or do { warn \"$g: $!\"; exit 111 }; ";
  private static final String PERL_UMASK = "umask(oct(shift)); ";
  private static final String PERL_EXEC = "exec {$ARGV[0]} @ARGV; exit 127";
  private static final String PERL_PRE_LAUNCH =
      "my $c = shift; my @p = splice(@ARGV, 0, $c); my $s = system {$p[0]} @p;"
          + " exit($s == -1 ? 127 : $s & 127 ? 128 + ($s & 127) : $s >> 8) if $s; ";

  private Scripts() {}

  /**
   * What comes before everything else.
   *
   * @param cgroups directories to be joined
   * @param umask in octal
   * @param plainNames whether a shell keeps all variables
   */
  record Outer(List<String> cgroups, Optional<String> umask, boolean plainNames) {
    List<String> values() {
      List<String> values = new ArrayList<>(cgroups);
      umask.ifPresent(values::add);
      return values;
    }
  }

  /**
   * A command that is run before the program.
   *
   * @param command what is executed, then its arguments
   * @param plainNames whether a shell keeps all variables
   */
  record InChild(List<String> command, boolean plainNames) {
    /** The program only: its arguments may hold secrets. */
    @Override
    public String toString() {
      return "InChild[" + command.get(0) + "]";
    }
  }

  static Optional<List<String>> outerShell(Outer asked) {
    if (!asked.plainNames()) {
      return Optional.empty();
    }
    String text =
        SHELL_CGROUP.repeat(asked.cgroups().size())
            + (asked.umask().isPresent() ? SHELL_UMASK : "")
            + SHELL_EXEC;
    List<String> words = new ArrayList<>(List.of("-c", text, "sh"));
    words.addAll(asked.values());
    return Optional.of(words);
  }

  static List<String> outerPerl(Outer asked) {
    String text =
        PERL_CGROUP.repeat(asked.cgroups().size())
            + (asked.umask().isPresent() ? PERL_UMASK : "")
            + PERL_EXEC;
    List<String> words = new ArrayList<>(List.of("-e", text, "--"));
    words.addAll(asked.values());
    return words;
  }

  static Optional<List<String>> preLaunchShell(InChild asked) {
    if (!asked.plainNames()) {
      return Optional.empty();
    }
    int count = asked.command().size();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append("\"${").append(i).append("}\" ");
    }
    text.append("|| exit $?; shift ").append(count).append("; ").append(SHELL_EXEC);
    List<String> words = new ArrayList<>(List.of("-c", text.toString(), "sh"));
    words.addAll(asked.command());
    return Optional.of(words);
  }

  static List<String> preLaunchPerl(InChild asked) {
    List<String> words = new ArrayList<>(List.of("-e", PERL_PRE_LAUNCH + PERL_EXEC, "--"));
    words.add(Integer.toString(asked.command().size()));
    words.addAll(asked.command());
    return words;
  }
}
