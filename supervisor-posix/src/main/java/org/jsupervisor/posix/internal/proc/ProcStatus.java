package org.jsupervisor.posix.internal.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file {@code /proc/…/status} says: a snapshot. Immutable.
 *
 * @param values by their names, for example {@code Uid}, without blanks around them
 */
public record ProcStatus(Map<String, String> values) {
  /** Copies. */
  public ProcStatus {
    values = Map.copyOf(values);
  }

  /** That of a process. */
  public static ProcStatus of(long pid) throws IOException {
    return read(Path.of("/proc", Long.toString(pid), "status"));
  }

  /** That of this process. */
  public static ProcStatus ofThisProcess() throws IOException {
    return read(Path.of("/proc/self/status"));
  }

  /** That of the calling thread. */
  public static ProcStatus ofThisThread() throws IOException {
    return read(Path.of("/proc/thread-self/status"));
  }

  /** That in a file. */
  public static ProcStatus read(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    // The name of the program may hold any bytes: nothing that is wrong in UTF-8 may fail here.
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return new ProcStatus(values);
  }

  /** The value of that name; empty if this kernel tells none. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What stands between the blanks in the value of that name; empty if there is none. */
  public List<String> fields(String name) {
    return Stream.of(values.getOrDefault(name, "").split("\\s+", -1))
        .filter(field -> !field.isEmpty())
        .toList();
  }
}
