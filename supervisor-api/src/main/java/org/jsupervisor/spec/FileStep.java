package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.Optional;

/** A launch step that is about a file. */
public sealed interface FileStep extends LaunchStep {
  /** The highest file mode that is accepted: no set-id and no sticky bits. */
  int MODE_MAX = 0777;

  /**
   * Variables from a directory: each file is a variable, its name the name and its first line,
   * without blanks and tabs at the end, the value; a NUL in it stands for a newline. An empty file
   * removes the variable. Names that begin with a dot are skipped, names with {@code =} refused.
   * What is read replaces what the spec's environment says.
   *
   * @param directory read anew at each start
   * @param missing what it means if there is no such directory
   */
  record EnvironmentDirectory(Path directory, IfMissing missing) implements FileStep {
    /** What it means if there is no such directory. */
    public enum IfMissing {
      /** The launch fails. */
      REFUSED,
      /** There are no variables. */
      IGNORED
    }

    /** Refuses a relative path. */
    public EnvironmentDirectory {
      StepRules.requireAbsolute(Kind.ENVIRONMENT_DIRECTORY, directory);
    }

    /** A directory that must be there. */
    public static EnvironmentDirectory of(Path directory) {
      return new EnvironmentDirectory(directory, IfMissing.REFUSED);
    }

    @Override
    public Kind kind() {
      return Kind.ENVIRONMENT_DIRECTORY;
    }
  }

  /**
   * A directory that the program finds. Made with its parents if it is not there; owner, group and
   * mode are set at each start. Anything else of that name, a symbolic link too, is refused.
   *
   * @param path where
   * @param owner name or number; empty: the host's user, or who has it already
   * @param group name or number; empty: the host's group, or who has it already
   * @param mode 0 to 0777
   */
  record RunDirectory(Path path, Optional<String> owner, Optional<String> group, int mode)
      implements FileStep {
    /** Refuses a relative path, bad names and a bad mode. */
    public RunDirectory {
      StepRules.requireOwned(Kind.RUN_DIRECTORY, path, StepRules.named(owner, group), mode);
    }

    /** A directory of mode 0755 that is the host's. */
    public static RunDirectory of(Path path) {
      return new RunDirectory(path, Optional.empty(), Optional.empty(), 0755);
    }

    @Override
    public Kind kind() {
      return Kind.RUN_DIRECTORY;
    }
  }

  /**
   * A named pipe that the program finds. Made if it is not there; owner, group and mode are set at
   * each start. Anything else of that name, a symbolic link too, is refused.
   *
   * @param path where; the directory must be there
   * @param owner name or number; empty: the host's user, or who has it already
   * @param group name or number; empty: the host's group, or who has it already
   * @param mode 0 to 0777
   */
  record Fifo(Path path, Optional<String> owner, Optional<String> group, int mode)
      implements FileStep {
    /** Refuses a relative path, bad names and a bad mode. */
    public Fifo {
      StepRules.requireOwned(Kind.FIFO, path, StepRules.named(owner, group), mode);
    }

    /** A pipe of mode 0600 that is the host's. */
    public static Fifo of(Path path) {
      return new Fifo(path, Optional.empty(), Optional.empty(), 0600);
    }

    @Override
    public Kind kind() {
      return Kind.FIFO;
    }
  }

  /**
   * Stdin, stdout or stderr from or to a file instead of where the spec's output goes. Opened by
   * the host, so with its rights. A file that is written is not followed if it is a symbolic link.
   * Stdout and stderr to the same file in the same way share one description. A named pipe is
   * opened for both, so that nobody waits for its other end.
   *
   * @param stream which
   * @param file what
   * @param opening how
   * @param mode of a file that is made, whatever the mask of the host; 0 to 0777
   */
  record Redirect(Stream stream, Path file, Opening opening, int mode) implements FileStep {
    /** The stream of the program. */
    public enum Stream {
      STDIN,
      STDOUT,
      STDERR
    }

    /** How the file is opened. */
    public enum Opening {
      /** For reading; it must be there. Stdin only. */
      READ,
      /** For writing at its end; made if it is not there. */
      APPEND,
      /** For writing, emptied; made if it is not there. */
      TRUNCATE
    }

    /** Refuses a relative path, a bad mode, and stdin for writing or others for reading. */
    public Redirect {
      Problems problems = new Problems();
      String path = StepRules.path(Kind.REDIRECT);
      StepRules.requireAbsolute(Kind.REDIRECT, file, problems);
      StepRules.requireMode(Kind.REDIRECT, mode, problems);
      if ((stream == Stream.STDIN) != (opening == Opening.READ)) {
        problems.add(path, stream + " " + opening, "stdin is read, stdout and stderr are written");
      }
      problems.throwIfAny();
    }

    /** Stdin from a file. */
    public static Redirect input(Path file) {
      return new Redirect(Stream.STDIN, file, Opening.READ, 0600);
    }

    /** Stdout or stderr to the end of a file, which is made with mode 0640. */
    public static Redirect append(Stream stream, Path file) {
      return new Redirect(stream, file, Opening.APPEND, 0640);
    }

    /** Stdout or stderr to a file that is emptied, or made with mode 0640. */
    public static Redirect truncate(Stream stream, Path file) {
      return new Redirect(stream, file, Opening.TRUNCATE, 0640);
    }

    @Override
    public Kind kind() {
      return Kind.REDIRECT;
    }
  }

  /**
   * An exclusive lock on a file, held by the program through a descriptor of its own, and so until
   * it and all that it has handed the descriptor to have ended. Waiting happens in the new process:
   * for the supervisor the child runs meanwhile.
   *
   * @param file made if it is not there
   * @param taken what happens if somebody else has it
   */
  record Lock(Path file, IfTaken taken) implements FileStep {
    /** What happens if somebody else has it. */
    public enum IfTaken {
      /** Waits for it, without limit; the stop of the child ends that. */
      WAITS,
      /** The run ends at once with an exit code that is not 0. */
      FAILS
    }

    /** Refuses a relative path. */
    public Lock {
      StepRules.requireAbsolute(Kind.LOCK, file);
    }

    @Override
    public Kind kind() {
      return Kind.LOCK;
    }
  }
}
