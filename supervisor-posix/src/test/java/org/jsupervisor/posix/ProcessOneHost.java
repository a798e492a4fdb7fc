package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;

/** A host that is process 1 and gets orphans; says what it sees, a line for each fact. */
final class ProcessOneHost {
  private ProcessOneHost() {}

  /** The argument is a file of its own. */
  public static void main(String[] args) throws IOException {
    System.out.println("host: " + ProcessHandle.current().pid());
    try (var fixture = new PlatformFixture()) {
      // One orphan that ends by itself, one in the group, and a daemon.
      String script =
          "sh -c 'true & exit 0'; sleep 60 & setsid sh -c 'sleep 60 & echo $! > \"$0\"' \"$0\";"
              + " while [ ! -s \"$0\" ]; do :; done; exit 3";
      Incarnation run = fixture.launch("sh", "-c", script, args[0]);
      long daemon = Long.parseLong(fixture.awaitLine(Path.of(args[0])));
      System.out.println("exit: " + fixture.awaitExit(run).describe());
      System.out.println("left behind: " + leftBehind(fixture, run));
      fixture.await("zombies", () -> state(daemon).equals("Z"));
      System.out.println("facts: " + fixture.platform.facts(run, ProcessFacts.Depth.CHEAP));
      Incarnation next = fixture.launch("sh", "-c", "exit 4");
      System.out.println("next: " + fixture.awaitExit(next).describe());
      System.out.println("left behind by the next: " + leftBehind(fixture, next));
      fixture.platform.selfTest().checks().forEach(System.out::println);
    }
    System.out.println("closed");
  }

  private static List<Integer> leftBehind(PlatformFixture fixture, Incarnation run) {
    return fixture.all(PlatformReport.LeftBehind.class, run).stream()
        .map(PlatformReport.LeftBehind::count)
        .toList();
  }

  private static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    } catch (IOException e) {
      return "gone";
    }
  }
}
