package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.proc.ProcStat;
import org.jsupervisor.posix.internal.proc.ProcStatus;

/** A process as {@code /proc} shows it to the self-test; what cannot be read is told as text. */
final class ChildOnDisplay {
  private final String pid;

  ChildOnDisplay(String pid) {
    this.pid = pid;
  }

  private Path file(String name) {
    return Path.of("/proc", pid, name);
  }

  /** A line of {@code status}, for example {@code SigBlk}. */
  String status(String key) {
    try {
      return ProcStatus.read(file("status"))
          .value(key)
          .orElse("no " + key + " in " + file("status"));
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }

  boolean isZero(String key) {
    return status(key).matches("0+");
  }

  /** For example {@code T (stopped)}. */
  String state() {
    return status("State");
  }

  /** Nothing of it is left but perhaps an entry that its parent, or init, has yet to reap. */
  boolean isGone() {
    return !Files.exists(file("status")) || state().startsWith("Z") || state().startsWith("X");
  }

  boolean hasTheHostsUmask() {
    try {
      return ProcStatus.ofThisProcess().value("Umask").equals(Optional.of(status("Umask")));
    } catch (IOException e) {
      return false;
    }
  }

  /** For example {@code 0 1 2}. */
  String descriptors() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(file("fd"))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException | DirectoryIteratorException e) {
      return "cannot be read: " + e;
    }
    names.sort(null);
    return String.join(" ", names);
  }

  /** Where a link leads, for example {@code cwd}. */
  String link(String name) {
    try {
      return Files.readSymbolicLink(file(name)).toString();
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }

  boolean leadsItsSession() {
    return groupAndSession().equals("pid " + pid + ", group " + pid + ", session " + pid);
  }

  String groupAndSession() {
    try {
      byte[] line = Files.readAllBytes(file("stat"));
      return ProcStat.parse(ByteBuffer.wrap(line), line.length)
          .map(stat -> "pid " + pid + ", group " + stat.group() + ", session " + stat.session())
          .orElse("cannot be read: no such line as proc(5) says");
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }

  /** The one that it was started with. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    try {
      String text = Files.readString(file("environ"), StandardCharsets.UTF_8);
      for (String variable : text.split("\0", -1)) {
        if (variable.isEmpty()) {
          continue;
        }
        int equals = variable.indexOf('=');
        variables.put(
            equals < 0 ? variable : variable.substring(0, equals),
            equals < 0 ? "" : variable.substring(equals + 1));
      }
    } catch (IOException e) {
      variables.put("cannot be read: " + e, "");
    }
    return variables;
  }
}
