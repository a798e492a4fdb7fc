package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.Objects;

/** What a child reads as its stdin. Immutable. */
public sealed interface InputSpec {
  /** The kinds of inputs, for switches without a default branch. */
  enum Kind {
    /** {@code /dev/null}. */
    NONE,
    /** A file. */
    FILE,
    /** What the host writes. */
    WRITTEN,
    /** What siblings write. */
    FED
  }

  /** Which of them this is. */
  Kind kind();

  /** Whether the supervisor can end it: it holds the writing end of a pipe. */
  default boolean canBeEnded() {
    return switch (kind()) {
      case WRITTEN, FED -> true;
      case NONE, FILE -> false;
    };
  }

  /** {@code /dev/null}: there is nothing to read (the default). */
  record None() implements InputSpec {
    @Override
    public Kind kind() {
      return Kind.NONE;
    }
  }

  /**
   * A file, opened by the host for reading at each launch, with its rights. What is not there, or
   * is no regular file, fails the launch: a named pipe or a device is no input of this kind.
   *
   * @param path absolute; a symbolic link is followed
   */
  record File(Path path) implements InputSpec {
    /** Refuses a relative path. */
    public File {
      if (!path.isAbsolute()) {
        Problems problems = new Problems();
        problems.add("input", path.toString(), "must be an absolute path");
        problems.throwIfAny();
      }
    }

    @Override
    public Kind kind() {
      return Kind.FILE;
    }
  }

  /**
   * What the host writes, by {@code Supervisor.input}. Each run has a pipe of its own; what a run
   * has not read when it ends is lost. It ends when the host closes it, when a stop says so ({@link
   * StopStep.EndInput}), and with the host.
   */
  record Written() implements InputSpec {
    @Override
    public Kind kind() {
      return Kind.WRITTEN;
    }
  }

  /**
   * What siblings write that have it as their output ({@link OutputSpec#toChild}): a logger, for
   * instance. All its runs read the same pipe, whose ends the supervisor keeps: what one run has
   * not read when it ends, the next one reads; and while none runs the siblings write on, until the
   * pipe is full, and then wait. The bytes do not pass through this JVM. What several siblings
   * write is mixed as the kernel mixes it: a write of at most 4,096 bytes ({@code PIPE_BUF} of
   * Linux) stays whole, a longer one may have another's in its midst.
   *
   * <p>It ends when a stop says so ({@link StopStep.EndInput}, the first step by default) and
   * nobody who feeds it is left. A child that feeds another depends on it, {@link
   * WhenLost#GOES_ON}, unless it says otherwise itself: so it is started later, and stopped before.
   */
  record Fed() implements InputSpec {
    @Override
    public Kind kind() {
      return Kind.FED;
    }
  }

  /** {@code /dev/null}. */
  static InputSpec none() {
    return new None();
  }

  /** A file. */
  static InputSpec file(Path path) {
    return new File(Objects.requireNonNull(path, "a file is needed"));
  }

  /** What the host writes. */
  static InputSpec written() {
    return new Written();
  }

  /** What siblings write. */
  static InputSpec fed() {
    return new Fed();
  }
}
