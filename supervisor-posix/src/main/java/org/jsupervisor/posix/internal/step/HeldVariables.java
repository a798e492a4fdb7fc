package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables that are kept from the tools of a chain and given to the program by its last one.
 * Some would have a tool load code, with the host's rights still; others a shell would change or
 * make. None of these names is one for a secret: what is given back stands on a command line for an
 * instant.
 */
final class HeldVariables {
  /** What the loader, the C library or an interpreter takes code or its place from. */
  private static final Pattern LOADS_CODE =
      Pattern.compile(
          "LD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|MALLOC_TRACE|"
              + "BASH_ENV|ENV|SHELLOPTS|BASHOPTS|PERL[0-9A-Z_]*");

  /** What a shell sets when it starts. */
  private static final List<String> SET_BY_SHELLS = List.of("OLDPWD", "PWD", "SHLVL", "_");

  /** What a shell would not leave as it is. */
  private static final Set<String> CHANGED_BY_SHELLS =
      Set.of(
          "OLDPWD",
          "PWD",
          "SHLVL",
          "_",
          "IFS",
          "OPTIND",
          "OPTARG",
          "OPTERR",
          "PPID",
          "LINENO",
          "PS1",
          "PS2",
          "PS4",
          "UID",
          "EUID",
          "RANDOM",
          "SECONDS",
          "HISTCMD",
          "GROUPS",
          "DIRSTACK",
          "FUNCNAME",
          "PIPESTATUS",
          "BASH",
          "BASHPID",
          "BASH_VERSION",
          "BASH_ARGV0",
          "EPOCHSECONDS",
          "EPOCHREALTIME",
          "SRANDOM",
          "POSIXLY_CORRECT",
          "COLUMNS",
          "LINES");

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final SortedMap<String, String> given = new TreeMap<>();
  private final SortedMap<String, String> held = new TreeMap<>();
  private final boolean loadsCode;

  HeldVariables(SortedMap<String, String> environment) {
    boolean code = false;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      boolean loads = LOADS_CODE.matcher(variable.getKey()).matches();
      code |= loads;
      boolean kept = loads || CHANGED_BY_SHELLS.contains(variable.getKey());
      (kept ? held : given).put(variable.getKey(), variable.getValue());
    }
    loadsCode = code;
  }

  /** What the chain is started with. */
  SortedMap<String, String> given() {
    return given;
  }

  /** Whether one of them must not reach a tool that still has the host's rights. */
  boolean loadsCode() {
    return loadsCode;
  }

  /** Whether a shell keeps all that the chain is started with. */
  boolean arePlain() {
    return given.keySet().stream().allMatch(name -> PLAIN_NAME.matcher(name).matches());
  }

  /** What gives them back; {@code shell}: what a shell has made is taken away first. */
  Restoration restoration(Shell shell) {
    return new Restoration(shell, held);
  }

  /** Whether there has been a shell in the chain. */
  enum Shell {
    USED,
    NONE
  }

  /**
   * The last words about variables.
   *
   * @param shell whether there are some to be taken away
   * @param held what is given back
   */
  record Restoration(Shell shell, SortedMap<String, String> held) {
    boolean isNothing() {
      return shell == Shell.NONE && held.isEmpty();
    }

    List<String> words() {
      List<String> words = new ArrayList<>();
      if (shell == Shell.USED) {
        for (String name : SET_BY_SHELLS) {
          if (!held.containsKey(name)) {
            words.add("-u");
            words.add(name);
          }
        }
      }
      words.add("--");
      held.forEach((name, value) -> words.add(name + "=" + value));
      return words;
    }

    /** Names only. */
    @Override
    public String toString() {
      return "Restoration[" + shell + ", " + held.keySet() + "]";
    }
  }
}
