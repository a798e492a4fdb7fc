package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A launch step that takes something away which the host may do. */
public sealed interface PrivilegeStep extends LaunchStep {
  /**
   * Another root directory. The spec's directory, the program and its {@code PATH} are then meant
   * inside it; the host's own directory becomes the new root. So are the programs that do the steps
   * after this one, where the program that changes the root cannot do them itself.
   *
   * @param root a directory
   */
  record Chroot(Path root) implements PrivilegeStep {
    /** Refuses a relative path. */
    public Chroot {
      StepRules.requireAbsolute(Kind.CHROOT, root);
    }

    @Override
    public Kind kind() {
      return Kind.CHROOT;
    }
  }

  /**
   * Another user, group and set of supplementary groups. All are looked up in the host's database
   * before the start; a text of digits is a number.
   *
   * @param user name or number
   * @param group name or number; empty: the user's own
   * @param supplementary names or numbers; empty: those that the database has for the user
   * @param variables whether the program finds its user in its environment
   */
  record User(
      String user,
      Optional<String> group,
      Optional<List<String>> supplementary,
      UserVariables variables)
      implements PrivilegeStep {
    /** Refuses bad names. */
    public User {
      supplementary = supplementary.map(List::copyOf);
      Problems problems = new Problems();
      StepRules.requireAccount(Kind.USER, user, problems);
      group.ifPresent(name -> StepRules.requireAccount(Kind.USER, name, problems));
      supplementary.ifPresent(
          names -> names.forEach(name -> StepRules.requireAccount(Kind.USER, name, problems)));
      problems.throwIfAny();
    }

    /** With {@link UserVariables#UNCHANGED}. */
    public User(String user, Optional<String> group, Optional<List<String>> supplementary) {
      this(user, group, supplementary, UserVariables.UNCHANGED);
    }

    /** This user with the groups that the database has for it. No variable is set. */
    public static User of(String user) {
      return new User(user, Optional.empty(), Optional.empty());
    }

    /** The same user with this group. */
    public User withGroup(String replacement) {
      return new User(user, Optional.of(replacement), supplementary, variables);
    }

    /** The same user with exactly these supplementary groups. */
    public User withSupplementary(List<String> replacement) {
      return new User(user, group, Optional.of(replacement), variables);
    }

    /** The same user, with these variables (default: {@link UserVariables#UNCHANGED}). */
    public User withVariables(UserVariables replacement) {
      return new User(user, group, supplementary, replacement);
    }

    @Override
    public Kind kind() {
      return Kind.USER;
    }
  }

  /**
   * All capabilities but these are given up for ever.
   *
   * @param bounding what the program can still have, for example by being run as root; names as
   *     {@code net_bind_service}
   * @param ambient what it has even if it is not root; must be in {@code bounding}
   */
  record Capabilities(SortedSet<String> bounding, SortedSet<String> ambient)
      implements PrivilegeStep {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** Refuses bad names, and what is ambient but not in the bounding set. */
    public Capabilities {
      bounding = Collections.unmodifiableSortedSet(new TreeSet<>(bounding));
      ambient = Collections.unmodifiableSortedSet(new TreeSet<>(ambient));
      Problems problems = new Problems();
      String path = StepRules.path(Kind.CAPABILITIES);
      for (String name : bounding) {
        if (!NAME.matcher(name).matches() || name.startsWith("cap_")) {
          problems.add(path, name, "must be a name such as net_bind_service");
        }
      }
      for (String name : ambient) {
        if (!bounding.contains(name)) {
          problems.add(path, name, "ambient must be in the bounding set");
        }
      }
      problems.throwIfAny();
    }

    /** None at all. */
    public static Capabilities none() {
      return new Capabilities(new TreeSet<>(), new TreeSet<>());
    }

    /** Exactly these, also for a user who is not root. */
    public static Capabilities only(String... names) {
      SortedSet<String> kept = new TreeSet<>(List.of(names));
      return new Capabilities(kept, kept);
    }

    @Override
    public Kind kind() {
      return Kind.CAPABILITIES;
    }
  }

  /** No program that it executes can give it more privileges, by set-id bits for example. */
  record NoNewPrivileges() implements PrivilegeStep {
    @Override
    public Kind kind() {
      return Kind.NO_NEW_PRIVILEGES;
    }
  }
}
