package org.jsupervisor.samples.scanhost;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.remote.Accounts;

/**
 * Prints a line for the file of {@code --jmx}. The password is asked for at a terminal, else it is
 * the first line of the input: it is never a word of a command line, which others can see.
 *
 * @param name who
 * @param role what they may do
 */
record AccountCommand(String name, Role role) {
  static final String WORD = "account";
  static final String USAGE = "usage: scan-host account NAME observe|operate|define";

  static AccountCommand parse(List<String> words) throws Arguments.UsageException {
    if (words.size() != 2) {
      throw new Arguments.UsageException("a name and a role are needed, got " + words.size());
    }
    Optional<Role> role = Role.named(words.get(1));
    return new AccountCommand(
        words.get(0),
        role.orElseThrow(
            () -> new Arguments.UsageException("there is no role '" + words.get(1) + "'")));
  }

  ExitCode run(PrintStream out) throws IOException, Arguments.UsageException {
    char[] password = password();
    try {
      out.println(Accounts.line(name, role, password));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new Arguments.UsageException(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @SuppressWarnings("SystemConsoleNull") // where it is never null, it reads other inputs, too
  private static char[] password() throws IOException {
    Console terminal = System.console();
    char[] typed = terminal == null ? null : terminal.readPassword("Password (it is not shown): ");
    if (typed != null) {
      return typed;
    }
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = input.readLine();
    return line == null ? new char[0] : line.toCharArray();
  }
}
