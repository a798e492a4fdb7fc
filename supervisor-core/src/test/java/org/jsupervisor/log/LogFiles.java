package org.jsupervisor.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A log directory that a test writes by hand. */
final class LogFiles {
  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");

  private final Path directory;
  private int rotations;

  LogFiles(Path directory) {
    this.directory = directory;
    make();
  }

  Path directory() {
    return directory;
  }

  Path current() {
    return directory.resolve("current");
  }

  void make() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LogFiles append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  LogFiles append(byte[] bytes) {
    try {
      Files.write(current(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** When the n-th rotation was, by its label. */
  static Instant timeOf(int rotation) {
    return FIRST.plusSeconds(rotation);
  }

  Path rotate() {
    return rotate(".s");
  }

  Path rotate(String suffix) {
    rotations++;
    try {
      return Files.move(current(), directory.resolve(new Tai64n(timeOf(rotations)) + suffix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As gzip does: the new file is there before the old one is removed. */
  static Path compress(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path target = file.resolveSibling(file.getFileName() + ".gz");
    Path half = file.resolveSibling("half.tmp");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(half))) {
      out.write(bytes);
    }
    Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(file);
    return target;
  }

  /** All lines that are there, those that are not finished with a {@code ~} at their end. */
  static List<String> drain(LogCursor cursor) throws IOException {
    List<String> lines = new ArrayList<>(finished(cursor));
    cursor.unfinished().forEach(line -> lines.add(line.whole().text() + "~"));
    return lines;
  }

  static List<String> finished(LogCursor cursor) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Optional<LogLine> line = cursor.next(); line.isPresent(); line = cursor.next()) {
      lines.add(line.get().whole().text());
    }
    return lines;
  }
}
