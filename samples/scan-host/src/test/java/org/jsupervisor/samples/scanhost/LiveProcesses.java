package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Processes of the system, found by what they cannot hide behind a title of their own. */
public final class LiveProcesses {
  private static final Path PROC = Path.of("/proc");

  private LiveProcesses() {}

  /** Those in the session of this leader, who may have ended. */
  static List<ProcessHandle> ofSession(long leader) {
    return matching(process -> sessionOf(process) == leader);
  }

  /** Those whose working directory is this one or below. */
  public static List<ProcessHandle> workingBelow(Path directory) {
    return matching(process -> isBelow(process, directory));
  }

  private static List<ProcessHandle> matching(Predicate<ProcessHandle> condition) {
    return ProcessHandle.allProcesses().filter(condition).toList();
  }

  /** The session; 0 for what has ended, be it collected or not. */
  private static long sessionOf(ProcessHandle process) {
    try {
      String stat = Files.readString(proc(process).resolve("stat"));
      // The name before may hold blanks and brackets: state, parent, group, session.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") || fields[0].equals("X") ? 0 : Long.parseLong(fields[3]);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static boolean isBelow(ProcessHandle process, Path directory) {
    try {
      return Files.readSymbolicLink(proc(process).resolve("cwd"))
          .startsWith(directory.toRealPath());
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private static Path proc(ProcessHandle process) {
    return PROC.resolve(Long.toString(process.pid()));
  }
}
