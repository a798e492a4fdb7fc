package org.jsupervisor.spec;

import org.jsupervisor.process.Signal;

/** A launch step that is about how the program itself is run. */
public sealed interface ProgramStep extends LaunchStep {
  /**
   * The program gets this signal from the kernel when the host's thread that starts processes has
   * ended, so when the host has died. The program only, not what it starts; and no longer once it
   * has executed a set-id program.
   *
   * @param signal one with a name
   */
  record ParentDeath(Signal signal) implements ProgramStep {
    /** Refuses numbers and real-time signals, which the tools do not know. */
    public ParentDeath {
      if (signal.name().startsWith("RT") || Character.isDigit(signal.name().charAt(0))) {
        Problems problems = new Problems();
        problems.add(
            StepRules.path(Kind.PARENT_DEATH), signal.name(), "must be a signal with a name");
        problems.throwIfAny();
      }
    }

    @Override
    public Kind kind() {
      return Kind.PARENT_DEATH;
    }
  }

  /**
   * A command that is run once before each start of the program, as a child of what will be the
   * program, with its user, directory, environment, limits, input and output: what it reads, the
   * program does not. If its exit code is not 0, the program is not run and the run ends with that
   * code; 128 and the signal's number if it was killed by one.
   *
   * @param command looked up like the program
   */
  record PreLaunch(Command command) implements ProgramStep {
    @Override
    public Kind kind() {
      return Kind.PRE_LAUNCH;
    }
  }

  /**
   * What the program finds as its own name.
   *
   * @param name without NUL; 1 to {@value #LENGTH_MAX} characters
   */
  record ArgumentZero(String name) implements ProgramStep {
    /** The longest name, in characters. */
    public static final int LENGTH_MAX = 4096;

    /** Refuses a name that is empty, too long or has a NUL. */
    public ArgumentZero {
      if (name.isEmpty() || name.length() > LENGTH_MAX || name.indexOf('\0') >= 0) {
        Problems problems = new Problems();
        String rule = "must have 1 to " + LENGTH_MAX + " characters and no NUL";
        problems.add(StepRules.path(Kind.ARGUMENT_ZERO), name, rule);
        problems.throwIfAny();
      }
    }

    @Override
    public Kind kind() {
      return Kind.ARGUMENT_ZERO;
    }
  }
}
