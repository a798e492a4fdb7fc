package org.jsupervisor.samples.benchmarks.spawn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A loop of {@code posix_spawn} and {@code waitpid} in C: what there is to be had. */
final class CLoop implements Starter {
  private static final String SOURCE = "spawn_loop.c";

  private final Path directory;
  private final Process loop;
  private final Writer orders;
  private final BufferedReader answers;

  private CLoop(Path directory) throws IOException {
    this.directory = directory;
    loop =
        new ProcessBuilder(directory.resolve("spawn_loop").toString(), SpawnComparison.PROGRAM)
            .redirectError(Redirect.INHERIT)
            .start();
    orders = loop.outputWriter(StandardCharsets.US_ASCII);
    answers =
        new BufferedReader(new InputStreamReader(loop.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Empty where no C compiler is. */
  static Optional<Starter> compiled() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("spawn-loop");
    Path source = directory.resolve(SOURCE);
    try (InputStream text = CLoop.class.getResourceAsStream(SOURCE)) {
      Files.copy(text, source);
    }
    String program = directory.resolve("spawn_loop").toString();
    try {
      Process compiler =
          new ProcessBuilder("gcc", "-O2", "-o", program, source.toString()).inheritIO().start();
      SpawnComparison.requireZero("gcc", compiler.waitFor());
      return Optional.of(new CLoop(directory));
    } catch (IOException e) {
      System.err.println("without the loop in C: " + e.getMessage());
      delete(directory);
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "C posix_spawn";
  }

  @Override
  public long run(int times) throws IOException {
    orders.write(times + "\n");
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(name() + " has ended");
    }
    return Long.parseLong(answer);
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!loop.waitFor(10, TimeUnit.SECONDS)) {
        loop.destroyForcibly();
      }
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      loop.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(SOURCE));
    Files.deleteIfExists(directory.resolve("spawn_loop"));
    Files.deleteIfExists(directory);
  }
}
