package org.jsupervisor.posix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets system calls of the spawner's thread fail, with {@code strace}, until it is closed. No other
 * thread of the test is touched.
 */
final class Tracer implements AutoCloseable {
  // What the kernel keeps of the name.
  private static final String SPAWNER = "supervisor-spaw";

  private final Process strace;

  private Tracer(Process strace) {
    this.strace = strace;
  }

  /** For example {@code inject=pipe2:error=EMFILE}. Skips the test if it cannot be done here. */
  static Tracer onSpawner(String... expressions) throws IOException {
    Assumed.tools("strace");
    List<String> line = new ArrayList<>(List.of("/usr/bin/strace", "-o", "/dev/null"));
    for (String expression : expressions) {
      line.add(expression.startsWith("-") ? expression : "-e" + expression);
    }
    line.addAll(List.of("-p", spawner()));
    Process strace = new ProcessBuilder(line).redirectErrorStream(true).start();
    BufferedReader said = strace.inputReader(StandardCharsets.UTF_8);
    String first = said.readLine();
    if (first == null || !first.contains("attached")) {
      strace.destroyForcibly();
      assumeTrue(false, "strace may not attach here: " + first);
    }
    return new Tracer(strace);
  }

  /** A thread has its name a moment after it has started. */
  private static String spawner() throws IOException {
    long begin = System.nanoTime();
    List<String> found = spawners();
    while (found.size() != 1) {
      if (System.nanoTime() - begin > PlatformFixture.PATIENCE.toNanos()) {
        throw new AssertionError("spawners: " + found);
      }
      Thread.onSpinWait();
      found = spawners();
    }
    return found.get(0);
  }

  private static List<String> spawners() throws IOException {
    List<String> found = new ArrayList<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        if (name(task).equals(SPAWNER)) {
          found.add(task.getFileName().toString());
        }
      }
    }
    return found;
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }

  /** Whether the calls still fail. */
  boolean isAttached() {
    return strace.isAlive();
  }

  /** When it returns, the thread is as it was. */
  @Override
  public void close() {
    strace.destroy();
    try {
      if (!strace.waitFor(10, TimeUnit.SECONDS)) {
        strace.destroyForcibly();
      }
    } catch (InterruptedException e) {
      strace.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      strace.getInputStream().close();
      strace.getOutputStream().close();
      strace.getErrorStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
