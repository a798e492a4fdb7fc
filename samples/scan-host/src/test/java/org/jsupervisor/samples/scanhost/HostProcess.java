package org.jsupervisor.samples.scanhost;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scan host as a program of its own, as an operator starts it. Ended when closed. Other samples
 * test with it, too.
 */
public final class HostProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final Process process;
  private final Path output;

  private HostProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static HostProcess start(Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(environment, List.of(), arguments);
    return new HostProcess(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** With more options of the JVM, agents for example; what it prints goes into the file. */
  public static HostProcess startWith(
      List<String> options, Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(environment, options, arguments);
    return new HostProcess(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** What it prints goes into a pipe that nobody reads; {@link #output} is empty. */
  static HostProcess startUnread(Path output, String... arguments) throws IOException {
    return new HostProcess(
        builder(Map.of(), List.of(), arguments).start(), Files.createFile(output));
  }

  private static ProcessBuilder builder(
      Map<String, String> environment, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // With these the JVM's own threads are the same in every run.
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UseDynamicNumberOfCompilerThreads"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), ScanHost.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    return modules + File.pathSeparator + System.getProperty("java.class.path");
  }

  public long pid() {
    return process.pid();
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Waits for the n-th line that matches, and returns it. */
  public String awaitLine(String regex, int nth) {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    await(regex, () -> pattern.matcher(output()).results().count() >= nth);
    return pattern.matcher(output()).results().skip(nth - 1L).findFirst().orElseThrow().group();
  }

  public void awaitReady() {
    String unused = awaitLine("scan-host +READY .*", 1);
  }

  /** The pid with which a service was launched for the n-th time. */
  public long pidOf(String service, int nth) {
    String line = awaitLine(" " + service + " +launched +pid [0-9]+", nth);
    Matcher number = Pattern.compile("[0-9]+$").matcher(line);
    if (!number.find()) {
      throw new AssertionError(line);
    }
    return Long.parseLong(number.group());
  }

  /** Waits until it is so; gives up at once when the host has ended without it. */
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      // Asked first: what has ended may have done it before.
      boolean ended = !process.isAlive();
      if (condition.getAsBoolean()) {
        return;
      }
      if (ended) {
        throw new AssertionError(
            "ended with " + process.exitValue() + ", and never: " + what + "\n" + output());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never: " + what + "\n" + output());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("has not ended\n" + output());
    }
    return process.exitValue();
  }

  /** TERM, and its exit code. */
  public int stop() throws IOException, InterruptedException {
    signal("TERM");
    return awaitExit();
  }

  /** How many threads the operating system sees. */
  long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return tasks.count();
    }
  }

  /** The addresses at which it takes connections, as the kernel writes them: ADDRESS:PORT, hex. */
  List<String> listening() throws IOException {
    List<String> own = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path each : descriptors.toList()) {
        try {
          own.add(Files.readSymbolicLink(each).toString());
        } catch (IOException closed) {
          // It was open when they were listed.
        }
      }
    }
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/net/" + table))) {
        String[] cells = line.strip().split(" +", -1);
        if (cells[3].equals("0A") && own.contains("socket:[" + cells[9] + "]")) {
          found.add(cells[1]);
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
