package org.jsupervisor.posix.internal.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.Accounts;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.spec.LaunchStep.Kind;
import org.jsupervisor.spec.PrivilegeStep;

/**
 * Turns names of users and groups into numbers. What is needed for it is looked up at the first
 * name. Not thread-safe.
 */
final class Identities {
  private @Nullable Accounts accounts;

  private Accounts accounts() {
    Accounts loaded = accounts;
    if (loaded == null) {
      loaded = Accounts.load();
      accounts = loaded;
    }
    return loaded;
  }

  Ids of(PrivilegeStep.User step) throws StepRefusedException {
    try {
      Optional<Accounts.Account> account = account(step.user());
      if (account.isEmpty() && !isNumber(step.user())) {
        throw unknown(Kind.USER, "user", step.user());
      }
      long gid;
      if (step.group().isPresent()) {
        gid = group(Kind.USER, step.group().get());
      } else if (account.isPresent()) {
        gid = Integer.toUnsignedLong(account.get().gid());
      } else {
        throw new StepRefusedException(
            Kind.USER,
            Errno.ENOENT,
            "user number " + step.user() + " has no entry, so the step must name a group");
      }
      long uid =
          account
              .map(found -> Integer.toUnsignedLong(found.uid()))
              .orElseGet(() -> Long.parseLong(step.user()));
      boolean plain =
          !isNumber(step.user()) && step.group().isEmpty() && step.supplementary().isEmpty();
      Optional<String> name = plain ? Optional.of(step.user()) : Optional.empty();
      return new Ids(name, uid, gid, supplementary(step, account, gid));
    } catch (SyscallException e) {
      throw new StepRefusedException(Kind.USER, e);
    }
  }

  /** What the program finds about its user in its environment; none if nothing is known of it. */
  Map<String, String> variables(PrivilegeStep.User step) throws StepRefusedException {
    try {
      return account(step.user()).map(AccountVariables::of).orElse(Map.of());
    } catch (SyscallException e) {
      throw new StepRefusedException(Kind.USER, e);
    }
  }

  private SortedSet<Long> supplementary(
      PrivilegeStep.User step, Optional<Accounts.Account> account, long gid)
      throws SyscallException, StepRefusedException {
    SortedSet<Long> result = new TreeSet<>();
    if (step.supplementary().isPresent()) {
      for (String name : step.supplementary().get()) {
        result.add(group(Kind.USER, name));
      }
    } else if (account.isPresent()) {
      List<Integer> known = accounts().groupsOf(account.get().name(), (int) gid);
      known.forEach(id -> result.add(Integer.toUnsignedLong(id)));
    }
    return result;
  }

  private Optional<Accounts.Account> account(String user) throws SyscallException {
    return isNumber(user) ? accounts().user((int) Long.parseLong(user)) : accounts().user(user);
  }

  /** The number of a user. */
  long user(Kind kind, String name) throws StepRefusedException {
    if (isNumber(name)) {
      return Long.parseLong(name);
    }
    try {
      return accounts()
          .user(name)
          .map(account -> Integer.toUnsignedLong(account.uid()))
          .orElseThrow(() -> unknown(kind, "user", name));
    } catch (SyscallException e) {
      throw new StepRefusedException(kind, e);
    }
  }

  /** The number of a group. */
  long group(Kind kind, String name) throws StepRefusedException {
    if (isNumber(name)) {
      return Long.parseLong(name);
    }
    try {
      var found = accounts().group(name);
      if (found.isEmpty()) {
        throw unknown(kind, "group", name);
      }
      return Integer.toUnsignedLong(found.getAsInt());
    } catch (SyscallException e) {
      throw new StepRefusedException(kind, e);
    }
  }

  private static StepRefusedException unknown(Kind kind, String what, String name) {
    return new StepRefusedException(kind, Errno.ENOENT, "there is no " + what + " '" + name + "'");
  }

  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
