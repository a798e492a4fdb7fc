package org.jsupervisor.posix.internal.spawn;

import java.nio.file.Path;
import java.util.Optional;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.guard.GuardUnavailableException;
import org.jsupervisor.posix.internal.io.OneLine;
import org.jsupervisor.posix.internal.io.OutputStoppedException;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;

/**
 * Says why a launch failed. The error number alone does not: ENOENT may mean the directory, the
 * program or the interpreter of a script. So after a failure each of them is looked at, in the
 * order in which the child needed them. What has changed since then can mislead the message, never
 * the error.
 */
final class LaunchDiagnosis {
  private final Libc libc;
  private final ScriptHead heads;

  LaunchDiagnosis(Libc libc) {
    this.libc = libc;
    this.heads = new ScriptHead(libc);
  }

  /**
   * Makes a report of a shortage for nobody. A host without descriptors cannot load a class that it
   * has not needed before, and would never again be able to: whatever tells of a shortage must be
   * there before it.
   */
  static PlatformReport.LaunchFailed rehearsal() {
    var failure = new SyscallException("pipe2", Errno.EMFILE, "rehearsal");
    return new PlatformReport.LaunchFailed(
        new Incarnation(ChildId.of("rehearsal"), 1), ofHost(failure));
  }

  /** The host could not do what a launch needs. */
  static LaunchFailure ofHost(SyscallException failure) {
    String error = Errno.name(failure.errno());
    String message = "the host cannot start a process: " + failure.getMessage();
    return new LaunchFailure(LaunchFault.HOST, error, "host", OneLine.of(message));
  }

  /** Nobody would see to the end of the child, or to its output, when the host is gone. */
  static LaunchFailure ofGuard(GuardUnavailableException failure) {
    String message =
        "the host-death guard (/bin/sh with the POSIX tools, and /proc) cannot be had: "
            + failure.getMessage();
    return new LaunchFailure(
        LaunchFault.HOST, failure.error(), "host-death guard", OneLine.of(message));
  }

  /** Nobody would read what the child writes. */
  static LaunchFailure ofOutput(OutputStoppedException failure) {
    String message = "the host cannot start a process: " + failure.getMessage();
    return new LaunchFailure(
        LaunchFault.HOST, Errno.name(Errno.EIO), "output", OneLine.of(message));
  }

  /** What the child is to read is not there, or is not to be read so. */
  static LaunchFailure ofInput(int errno, Path path, String rule) {
    return ofChild(errno, path.toString(), "input '" + path + "': " + rule);
  }

  /** No program of that name can be executed anywhere in the child's search path. */
  static LaunchFailure ofLookup(CommandLine line, ProgramLookup.Located located) {
    String what =
        located.errno() == Errno.ENOENT
            ? "is nowhere in the child's PATH"
            : "is in the child's PATH as " + located.path() + " but is not executable";
    return ofChild(located.errno(), line.program(), "program '" + line.program() + "' " + what);
  }

  /** {@code posix_spawn} has given this error for this program. */
  LaunchFailure ofSpawn(int errno, CommandLine line, String path) {
    if (Errno.isShortage(errno)) {
      return ofHost(new SyscallException("posix_spawn", errno, path));
    }
    if (errno == Errno.E2BIG) {
      return ofChild(
          errno,
          line.program(),
          "arguments and environment of '"
              + line.program()
              + "': must not be larger than the system accepts in all or in one piece");
    }
    Optional<LaunchFailure> directory = ofDirectory(line);
    if (directory.isPresent()) {
      return directory.get();
    }
    return ofProgram(errno, line.program(), line.directory().resolve(path));
  }

  /** What is wrong with the working directory; a new root is looked into elsewhere. */
  private Optional<LaunchFailure> ofDirectory(CommandLine line) {
    String directory = line.directory().path();
    if (line.directory().isHosts()) {
      return Optional.empty();
    }
    int errno = -libc.files().mayExecute(CString.of(directory + "/."));
    return errno == 0
        ? Optional.empty()
        : Optional.of(
            ofChild(
                errno, directory, "working directory '" + directory + "': " + Errno.text(errno)));
  }

  /**
   * What an exec would say of a program that is not executed by us but by a tool, as far as that
   * can be told. The tool may be another user then, which is not looked at.
   */
  Optional<LaunchFailure> beforeChain(CommandLine line, String path) {
    Optional<LaunchFailure> directory = ofDirectory(line);
    if (directory.isPresent()) {
      return directory;
    }
    String seen = line.directory().resolve(path);
    CString location = CString.of(seen);
    int errno = -libc.files().mayExecute(location);
    if (errno == 0 && libc.files().exists(CString.of(seen + "/.")) == 0) {
      errno = Errno.EACCES;
    }
    if (errno == 0) {
      errno = heads.isExecutable(location) ? 0 : Errno.ENOEXEC;
    }
    if (errno != 0) {
      return Optional.of(ofProgram(errno, line.program(), seen));
    }
    return heads
        .interpreter(location)
        .filter(name -> libc.files().exists(CString.of(line.directory().resolve(name))) != 0)
        .map(name -> ofInterpreter(Errno.ENOENT, line.program(), name));
  }

  private LaunchFailure ofProgram(int errno, String program, String path) {
    String name = "program '" + program + "'";
    CString location = CString.of(path);
    if (libc.files().exists(location) != 0) {
      return ofChild(errno, program, name + ": " + Errno.text(errno));
    }
    if (libc.files().exists(CString.of(path + "/.")) == 0) {
      return ofChild(errno, program, name + " is a directory, must be an executable file");
    }
    if (libc.files().mayExecute(location) != 0) {
      return ofChild(errno, program, name + " is not executable for the user of the host");
    }
    if (errno == Errno.ENOEXEC) {
      return ofChild(
          errno, program, name + " must be a binary of this machine or begin with a #! line");
    }
    return heads
        .interpreter(location)
        .map(interpreter -> ofInterpreter(errno, program, interpreter))
        .orElseGet(() -> ofChild(errno, program, name + ": " + unexplained(errno)));
  }

  private static LaunchFailure ofInterpreter(int errno, String program, String interpreter) {
    return ofChild(
        errno,
        interpreter,
        "interpreter '"
            + interpreter
            + "' in the #! line of '"
            + program
            + "': "
            + Errno.text(errno));
  }

  private static String unexplained(int errno) {
    return errno == Errno.ENOENT
        ? "the loader or a part that its binary needs does not exist"
        : Errno.text(errno);
  }

  private static LaunchFailure ofChild(int errno, String subject, String message) {
    return new LaunchFailure(
        LaunchFault.CHILD, Errno.name(errno), OneLine.of(subject), OneLine.of(message));
  }
}
