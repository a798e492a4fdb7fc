package org.jsupervisor.posix;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host that is a JVM of its own. Ends with the test. */
final class HostJvm implements AutoCloseable {
  /** A launcher: the host is process 1 of a pid namespace; its session belongs to the outside. */
  static final List<String> AS_PROCESS_ONE =
      List.of("unshare", "-pf", "--mount-proc", "--kill-child");

  private static final long LIFE_MINUTES_MAX = 5;

  private final Process process;
  private final BufferedReader output;

  private HostJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static boolean mayBeProcessOne() {
    List<String> attempt = new ArrayList<>(AS_PROCESS_ONE);
    attempt.add("true");
    try {
      return new ProcessBuilder(attempt).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a main class under a launcher, which may be empty. */
  static HostJvm start(List<String> launcher, Class<?> main, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(launcher);
    line.addAll(command(main, arguments));
    Process host = new ProcessBuilder(line).redirectErrorStream(true).start();
    // Reading what it says has no limit of its own, and cannot be interrupted.
    CompletableFuture.delayedExecutor(LIFE_MINUTES_MAX, TimeUnit.MINUTES)
        .execute(host::destroyForcibly);
    return new HostJvm(host);
  }

  /** What runs a main class. */
  static List<String> command(Class<?> main, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    // Few threads, and none that come later: a thread takes a number that a test may want.
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads"));
    line.addAll(List.of("-cp", classPath(), main.getName()));
    line.addAll(List.of(arguments));
    return line;
  }

  long pid() {
    return process.pid();
  }

  Process process() {
    return process;
  }

  /** Reads what it prints up to this line; fails with all of it if the line does not come. */
  void awaitLine(String wanted) throws IOException {
    var unused = linesUntil(wanted);
  }

  /** As {@link #awaitLine}; all that came with it. */
  List<String> linesUntil(String wanted) throws IOException {
    List<String> seen = new ArrayList<>();
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new AssertionError(
            "the host has not said '" + wanted + "' but: " + String.join("\n", seen));
      }
      seen.add(line);
    } while (!line.equals(wanted));
    return seen;
  }

  /** All of it, wherever the test runner has put it: class path, module path, or a patch of it. */
  static String classPath() {
    try {
      Path tests =
          Path.of(HostProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = tests.getParent();
      return Stream.of(
              target.resolve("classes").toString(),
              target.resolve("test-classes").toString(),
              System.getProperty("java.class.path", ""),
              System.getProperty("jdk.module.path", ""))
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(File.pathSeparator));
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
    process.getOutputStream().close();
  }
}
