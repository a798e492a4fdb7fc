package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checks of launch steps: of the parts of one, and of a list of them. */
final class StepRules {
  /** What no tool and no file of accounts can take for anything else. */
  private static final Pattern ACCOUNT =
      Pattern.compile("[^\\s:,/\\p{Cntrl}+-][^\\s:,/\\p{Cntrl}]*");

  private static final int ACCOUNT_LENGTH_MAX = 256;
  private static final int STEPS_MAX = 100;

  private StepRules() {}

  static String path(LaunchStep.Kind kind) {
    return "step " + kind;
  }

  static void requireAbsolute(LaunchStep.Kind kind, Path file) {
    Problems problems = new Problems();
    requireAbsolute(kind, file, problems);
    problems.throwIfAny();
  }

  static void requireAbsolute(LaunchStep.Kind kind, Path file, Problems problems) {
    if (!file.isAbsolute()) {
      problems.add(path(kind), file.toString(), "must be an absolute path");
    }
  }

  static void requireMode(LaunchStep.Kind kind, int mode, Problems problems) {
    if (mode < 0 || mode > FileStep.MODE_MAX) {
      problems.add(path(kind), Integer.toOctalString(mode), "must be 0 to 777, octal");
    }
  }

  static void requireWithin(LaunchStep.Kind kind, int value, int min, int max) {
    if (value < min || value > max) {
      Problems problems = new Problems();
      problems.add(path(kind), Integer.toString(value), "must be " + min + " to " + max);
      problems.throwIfAny();
    }
  }

  static void requireAccount(LaunchStep.Kind kind, String name, Problems problems) {
    boolean fits = name.length() <= ACCOUNT_LENGTH_MAX && ACCOUNT.matcher(name).matches();
    if (!fits) {
      problems.add(path(kind), name, "must be the name or the number of a user or group");
    } else if (name.chars().allMatch(c -> c >= '0' && c <= '9') && !isId(name)) {
      problems.add(path(kind), name, "a number must be 0 to 4294967294");
    }
  }

  private static boolean isId(String digits) {
    // The highest one of 32 bits means "none".
    return digits.length() <= 10 && Long.parseLong(digits) < 0xffff_ffffL;
  }

  static List<String> named(Optional<String> owner, Optional<String> group) {
    return Stream.concat(owner.stream(), group.stream()).toList();
  }

  static void requireOwned(LaunchStep.Kind kind, Path path, List<String> accounts, int mode) {
    Problems problems = new Problems();
    requireAbsolute(kind, path, problems);
    requireMode(kind, mode, problems);
    accounts.forEach(name -> requireAccount(kind, name, problems));
    problems.throwIfAny();
  }

  /** What must not be there twice, and what contradicts the rest of the spec. */
  static void check(String child, List<LaunchStep> steps, OutputSpec output, Problems problems) {
    if (steps.size() > STEPS_MAX) {
      problems.add(
          child + ": steps", Integer.toString(steps.size()), "must be at most " + STEPS_MAX);
    }
    Set<Object> seen = new HashSet<>();
    for (LaunchStep step : steps) {
      if (!seen.add(identity(step))) {
        problems.add(child + ": " + path(step.kind()), step.toString(), "must not be there twice");
      }
    }
    if (!(output instanceof OutputSpec.Discarded)
        && seen.contains(FileStep.Redirect.Stream.STDOUT)
        && seen.contains(FileStep.Redirect.Stream.STDERR)) {
      problems.add(
          child + ": " + path(LaunchStep.Kind.REDIRECT),
          "STDOUT, STDERR",
          "must not take both from an output that is not discarded");
    }
  }

  /** Two steps with the same identity would contradict each other or mean nothing. */
  private static Object identity(LaunchStep step) {
    return switch (step.kind()) {
      case REDIRECT -> ((FileStep.Redirect) step).stream();
      case LIMIT -> ((ResourceStep.Limit) step).resource();
      case RUN_DIRECTORY -> ((FileStep.RunDirectory) step).path();
      case FIFO -> ((FileStep.Fifo) step).path();
      case LOCK -> List.of("lock", ((FileStep.Lock) step).file());
      case ENVIRONMENT_DIRECTORY, CGROUP -> step;
      case PRE_LAUNCH -> new Object(); // the same command twice is allowed
      case UMASK,
          NICE,
          IO_SCHEDULING,
          CPU_SCHEDULING,
          CPU_AFFINITY,
          CHROOT,
          USER,
          CAPABILITIES,
          NO_NEW_PRIVILEGES,
          PARENT_DEATH,
          ARGUMENT_ZERO ->
          step.kind();
    };
  }
}
