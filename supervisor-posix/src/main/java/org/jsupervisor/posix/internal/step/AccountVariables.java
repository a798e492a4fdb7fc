package org.jsupervisor.posix.internal.step;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.libc.Accounts;

/** What an account means for the environment of its programs, by the rules of systemd. */
final class AccountVariables {
  /** With these nobody can log in. */
  private static final Set<String> NO_SHELLS =
      Set.of(
          "/bin/nologin",
          "/sbin/nologin",
          "/usr/bin/nologin",
          "/usr/sbin/nologin",
          "/bin/false",
          "/usr/bin/false",
          "/bin/true",
          "/usr/bin/true");

  private AccountVariables() {}

  static Map<String, String> of(Accounts.Account account) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("USER", account.name());
    variables.put("LOGNAME", account.name());
    if (account.home().startsWith("/") && !account.home().matches("/+")) {
      variables.put("HOME", account.home());
    }
    if (account.shell().startsWith("/") && !NO_SHELLS.contains(account.shell())) {
      variables.put("SHELL", account.shell());
    }
    return variables;
  }
}
