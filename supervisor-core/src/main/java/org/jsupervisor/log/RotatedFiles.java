package org.jsupervisor.log;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rotated files of a log directory: {@code @<TAI64N>.s} is known to be on disk, {@code .u} is
 * one whose sync failed. Names are strictly increasing, also when the wall clock jumps back.
 */
final class RotatedFiles {
  /** As s6-log and svlogd: the file was synced before it got its name. */
  static final String SAFE = ".s";

  /** As s6-log and svlogd: the file may be incomplete after a power failure. */
  static final String UNSAFE = ".u";

  private record Rotated(Tai64n label, Path path) {}

  private final Path directory;

  RotatedFiles(Path directory) {
    this.directory = directory;
  }

  /** A name that no file has and that sorts behind all others. */
  Path next(Instant now, String suffix) throws IOException {
    Tai64n wanted = new Tai64n(now);
    List<Rotated> existing = list();
    if (!existing.isEmpty()) {
      Tai64n newest = existing.get(existing.size() - 1).label();
      wanted = wanted.compareTo(newest) > 0 ? wanted : newest.next();
    }
    return directory.resolve(wanted + suffix);
  }

  /** Deletes the oldest files until at most this many are left. */
  void prune(int filesMax) throws IOException {
    List<Rotated> existing = list();
    for (Rotated rotated : existing.subList(0, Math.max(0, existing.size() - filesMax))) {
      Files.deleteIfExists(rotated.path());
    }
  }

  private List<Rotated> list() throws IOException {
    List<Rotated> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "@*")) {
      for (Path file : files) {
        labelOf(file).ifPresent(label -> found.add(new Rotated(label, file)));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(Rotated::label));
    return found;
  }

  private static Optional<Tai64n> labelOf(Path file) {
    String name = file.getFileName().toString();
    boolean ours = name.endsWith(SAFE) || name.endsWith(UNSAFE);
    return ours ? Tai64n.parse(name.substring(0, name.length() - SAFE.length())) : Optional.empty();
  }
}
