package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.ExecImage;
import org.jsupervisor.posix.internal.step.LaunchSteps;
import org.jsupervisor.spec.ProcessSpec;

/**
 * What a launch executes.
 *
 * @param argv the program as the definition names it, then its arguments
 * @param environment the child's, complete
 * @param directory the child's
 */
record CommandLine(List<String> argv, ChildEnvironment environment, ChildDirectory directory) {
  // The kernel's own limit is a quarter of the stack limit and never above 6 MiB.
  private static final int BYTES_MAX = 8 * 1024 * 1024;

  static CommandLine of(ProcessSpec spec, HostEnvironment host) {
    return new CommandLine(
        spec.command().argv(),
        ChildEnvironment.of(spec, host),
        new ChildDirectory(LaunchSteps.root(spec), spec.directory().toString()));
  }

  /** The same place with other words and variables. */
  CommandLine with(List<String> words, ChildEnvironment variables) {
    return new CommandLine(words, variables, directory);
  }

  /** The same with one variable more, whatever the spec says of it. */
  CommandLine with(String name, String value) {
    return new CommandLine(argv, environment.with(name, value), directory);
  }

  String program() {
    return argv.get(0);
  }

  /** The child's search path; that of the C library if it has none. */
  String searchPath() {
    return environment.get("PATH").orElse("/bin:/usr/bin");
  }

  /** Writes it for the kernel. False if it is larger than any system accepts. */
  boolean writeTo(ExecImage image, String path) {
    List<byte[]> arguments = new ArrayList<>(argv.size());
    for (String argument : argv) {
      arguments.add(CString.bytes(argument));
    }
    List<byte[]> variables = environment.ownTexts();
    if (bytes(arguments) + bytes(variables) + environment.hostBytes() > BYTES_MAX) {
      return false;
    }
    image.fill(CString.bytes(path), arguments, variables, environment.hostTexts());
    return true;
  }

  private static long bytes(List<byte[]> texts) {
    long sum = 0;
    for (byte[] text : texts) {
      sum += text.length;
    }
    return sum;
  }

  /** The program only: arguments and variables may hold secrets. */
  @Override
  public String toString() {
    return "CommandLine[" + program() + "]";
  }
}
