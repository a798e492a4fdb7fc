package org.jsupervisor.samples.consoles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A session of jmxterm, as an operator has one. It ends at the first command that fails.
 */
final class Jmxterm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = 2_000_000;

  private final Process process;
  private final Path output;
  private final Writer commands;

  private Jmxterm(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Attached to the JVM with this pid. */
  static Jmxterm open(Path output, long pid) throws IOException {
    List<String> exports = List.of("--add-exports", "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED");
    Jmxterm session = start(output, exports, List.of());
    session.say("open " + pid);
    return session;
  }

  /** With options of its JVM, and of its own. */
  static Jmxterm start(Path output, List<String> jvm, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(OperatedHost.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", OperatedHost.tool("jmxterm.jar").toString()));
    command.addAll(List.of("--noninteract", "--exitonfailure", "--verbose", "brief"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Jmxterm(builder.start(), output);
  }

  void say(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until what it prints matches. */
  void awaitPrinted(String regex) {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!pattern.matcher(printed()).find()) {
      if (!process.isAlive() && !pattern.matcher(printed()).find()) {
        throw new AssertionError(
            "jmxterm ended with " + process.exitValue() + " without: " + regex + "\n" + printed());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("jmxterm never printed: " + regex + "\n" + printed());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Ends the session. The exit code is 0 if no command has failed. */
  int quit() throws IOException, InterruptedException {
    try {
      say("quit");
    } catch (IOException ended) {
      // At a command that failed; the exit code says so.
    }
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("jmxterm does not end\n" + printed());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
