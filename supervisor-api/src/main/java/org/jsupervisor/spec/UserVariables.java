package org.jsupervisor.spec;

import java.util.List;

/** What the environment of a program says about the user that it is run as. */
public enum UserVariables {
  /** What it would say without the change of the user, so maybe about the host's. */
  UNCHANGED,
  /**
   * {@code USER} and {@code LOGNAME} are the name of the account, {@code HOME} its directory and
   * {@code SHELL} its shell, as the host's database has them at each start. Each but where the
   * spec's {@link Environment} sets, lists or leaves out that very name, or an environment
   * directory has it. There is no {@code HOME} if that is {@code /} or no absolute path, no {@code
   * SHELL} if nobody can log in with it, and none of the four if the database has no such user:
   * never those of the host.
   */
  OF_ACCOUNT;

  /** The names of the variables. */
  public static final List<String> NAMES = List.of("USER", "LOGNAME", "HOME", "SHELL");
}
