package org.jsupervisor.samples.definitions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes of the system that have not ended. */
final class LiveProcesses {
  private static final Path PROC = Path.of("/proc");

  private LiveProcesses() {}

  /** Those in the session of this leader, who may have ended. */
  static List<ProcessHandle> ofSession(long leader) {
    return ProcessHandle.allProcesses().filter(process -> sessionOf(process) == leader).toList();
  }

  /** Those whose command line names something below this directory. */
  static List<ProcessHandle> naming(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "cmdline").contains(directory.toString()))
        .toList();
  }

  /** The session; 0 for what has ended, be it collected or not. */
  private static long sessionOf(ProcessHandle process) {
    String stat = read(process, "stat");
    // The name before may hold blanks and brackets: state, parent, group, session.
    int begin = Math.min(stat.length(), stat.lastIndexOf(')') + 2);
    String[] fields = stat.substring(begin).split(" ", -1);
    return fields.length < 4 || fields[0].equals("Z") || fields[0].equals("X")
        ? 0
        : Long.parseLong(fields[3]);
  }

  private static String read(ProcessHandle process, String file) {
    try {
      byte[] content = Files.readAllBytes(PROC.resolve(process.pid() + "/" + file));
      return new String(content, StandardCharsets.ISO_8859_1);
    } catch (IOException goneOrNotOurs) {
      return "";
    }
  }
}
