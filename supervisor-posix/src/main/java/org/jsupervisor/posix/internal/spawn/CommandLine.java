package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
record CommandLine(
    List<String> argv, SortedMap<String, String> environment, ChildDirectory directory) {
  // The kernel's own limit is a quarter of the stack limit and never above 6 MiB.
  private static final int BYTES_MAX = 8 * 1024 * 1024;

  static CommandLine of(ProcessSpec spec, Map<String, String> hostEnvironment) {
    return new CommandLine(
        spec.command().argv(),
        spec.environment().resolve(hostEnvironment),
        new ChildDirectory(LaunchSteps.root(spec), spec.directory().toString()));
  }

  /** The same place with other words and variables. */
  CommandLine with(List<String> words, SortedMap<String, String> variables) {
    return new CommandLine(words, variables, directory);
  }

  /** The same with one variable more, whatever the spec says of it. */
  CommandLine with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new CommandLine(argv, more, directory);
  }

  String program() {
    return argv.get(0);
  }

  /** The child's search path; that of the C library if it has none. */
  String searchPath() {
    return environment.getOrDefault("PATH", "/bin:/usr/bin");
  }

  /** Writes it for the kernel. False if it is larger than any system accepts. */
  boolean writeTo(ExecImage image, String path) {
    List<byte[]> arguments = argv.stream().map(CString::bytes).toList();
    List<byte[]> variables = new ArrayList<>(environment.size());
    environment.forEach((name, value) -> variables.add(CString.bytes(name + "=" + value)));
    if (bytes(arguments) + bytes(variables) > BYTES_MAX) {
      return false;
    }
    image.fill(CString.bytes(path), arguments, variables);
    return true;
  }

  private static long bytes(List<byte[]> texts) {
    return texts.stream().mapToLong(text -> text.length).sum();
  }

  /** The program only: arguments and variables may hold secrets. */
  @Override
  public String toString() {
    return "CommandLine[" + program() + "]";
  }
}
