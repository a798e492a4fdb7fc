package org.jsupervisor.posix;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.Signal;

/**
 * A host of its own that runs out of something, and says what comes of it, a line for each fact.
 */
final class ShortHost {
  private ShortHost() {}

  public static void main(String[] args) throws Exception {
    try (var fixture = new PlatformFixture()) {
      switch (args[0]) {
        case "descriptors" -> withoutDescriptors(fixture);
        case "watched by a thread" -> watchedByAThread(fixture);
        case "leftovers" -> leftovers(fixture, args[1]);
        case "first end" -> firstEnd(fixture, Path.of(args[1], "first"));
        case "leftovers of others" -> leftoversOfOthers(fixture, args[1]);
        case "threads" -> withoutThreads(fixture);
        case "threads at the opening" -> openedWithoutThreads();
        case "helper" -> withoutHelper(fixture, Path.of(args[1]));
        case "self-test" -> fixture.platform.selfTest().checks().forEach(c -> say("check", c));
        case "facts" -> facts(fixture);
        case "thief" -> withThief(fixture);
        case "launch" -> say("launch", outcome(fixture, args[1]));
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  private static void say(String what, Object value) {
    System.out.println(what + ": " + value);
  }

  /** Its classes are in directories, so without descriptors it cannot load one any more. */
  private static void withoutDescriptors(PlatformFixture fixture)
      throws IOException, InterruptedException {
    try (var earlier = new PlatformFixture()) {
      // All that is not about shortages has been used before, as in a host that has run a while.
      Incarnation run = earlier.launch("sleep", "60");
      earlier.awaitLaunched(run);
      // It might be a descendant: so what the run may have left behind is searched for.
      var unused = new ProcessBuilder("true").start().waitFor();
      earlier.platform.signal(run, Signal.TERM);
      say("earlier", earlier.awaitExit(run).describe());
    }
    Incarnation first = fixture.launch("sleep", "60");
    fixture.awaitLaunched(first);
    say("before", outcome(fixture, "/bin/true"));
    int before = PlatformFixture.descriptors().size();
    List<FileInputStream> hoard = hoard();
    say("without", outcome(fixture, "/bin/true"));
    say("again", outcome(fixture, "/bin/true"));
    fixture.platform.signal(first, Signal.TERM);
    say("first", fixture.awaitExit(first).describe());
    release(hoard);
    // That of the first child is gone.
    say("more descriptors", PlatformFixture.descriptors().size() > before);
    say("after", outcome(fixture, "/bin/true"));
  }

  /** One that was started in a shortage, and one that is killed in a shortage. */
  private static void watchedByAThread(PlatformFixture fixture) throws IOException {
    var waiters = PosixOptions.defaults().withExitDetection(ExitDetection.waiters(10));
    try (var waiting = new PlatformFixture(waiters)) {
      // Also loads what is needed.
      kill(waiting, "without", waiting.launch("sleep", "60"));
      Incarnation killed = waiting.launch("sleep", "60");
      waiting.awaitLaunched(killed);
      List<FileInputStream> hoard = hoard();
      kill(waiting, "killed in it", killed);
      release(hoard);
    }
    kill(fixture, "before", fixture.launch("sleep", "60"));
    List<FileInputStream> hoard = hoard();
    Incarnation started = fixture.launch("sleep", "60");
    fixture.awaitLaunched(started);
    release(hoard);
    kill(fixture, "started in it", started);
  }

  private static void kill(PlatformFixture fixture, String what, Incarnation run) {
    fixture.awaitLaunched(run);
    fixture.platform.stop(run, Signal.KILL);
    say(what, fixture.awaitExit(run).describe());
  }

  /** A daemon of a child that ends while there are no descriptors. */
  private static void leftovers(PlatformFixture fixture, String directory) throws IOException {
    for (String what : List.of("before", "without")) {
      Path file = Path.of(directory, what);
      String script = "setsid sh -c 'sleep 60 & echo $! > \"$0\"' \"$0\"; exec sleep 60";
      Incarnation run = fixture.launch("sh", "-c", script, file.toString());
      long daemon = Long.parseLong(fixture.awaitLine(file));
      List<FileInputStream> hoard = what.equals("without") ? hoard() : List.of();
      kill(fixture, what, run);
      release(hoard);
      say("daemon lives " + what, PlatformFixture.isAlive(daemon));
      PlatformFixture.kill(daemon);
    }
  }

  /** No run has ended before, and no class can be loaded any more. */
  private static void firstEnd(PlatformFixture fixture, Path file) throws IOException {
    String script = "setsid sh -c 'sleep 60 & echo $! > \"$0\"' \"$0\"; exec sleep 60";
    Incarnation run = fixture.launch("sh", "-c", script, file.toString());
    fixture.awaitLaunched(run);
    long daemon = Long.parseLong(fixture.awaitLine(file));
    List<FileInputStream> hoard = hoard();
    fixture.platform.signal(run, Signal.TERM);
    say("end", fixture.await(PlatformReport.Exited.class, run).status().describe());
    fixture.platform.close();
    say("closed", true);
    release(hoard);
    say("daemon lives", PlatformFixture.isAlive(daemon));
    PlatformFixture.kill(daemon);
  }

  /** Another run ends while nothing at all can be opened, not even with what is spared for it. */
  private static void leftoversOfOthers(PlatformFixture fixture, String directory)
      throws IOException {
    // Also loads what is needed.
    leftovers(fixture, directory);
    String limits =
        "read a; prlimit --pid $PPID --nofile=0:; echo; read b; prlimit --pid $PPID --nofile=200:; echo";
    Process limiter = new ProcessBuilder("sh", "-c", limits).start();
    Incarnation earlier = fixture.launch("sleep", "60");
    Incarnation other = fixture.launch("sleep", "60");
    fixture.awaitLaunched(other);
    Path file = Path.of(directory, "others");
    String script = "setsid sh -c 'sleep 60 & echo $! > \"$0\"' \"$0\"; exec sleep 60";
    Incarnation run = fixture.launch("sh", "-c", script, file.toString());
    long daemon = Long.parseLong(fixture.awaitLine(file));
    kill(fixture, "earlier", earlier);
    goOn(limiter);
    kill(fixture, "other", other);
    goOn(limiter);
    kill(fixture, "run", run);
    say("daemon of the run lives", PlatformFixture.isAlive(daemon));
    PlatformFixture.kill(daemon);
  }

  private static void goOn(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    var unused = process.getInputStream().read();
  }

  private static void release(List<FileInputStream> hoard) throws IOException {
    for (FileInputStream file : hoard) {
      file.close();
    }
  }

  private static List<FileInputStream> hoard() {
    List<FileInputStream> hoard = new ArrayList<>();
    try {
      while (true) {
        hoard.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      return hoard;
    }
  }

  private static void withoutThreads(PlatformFixture fixture) throws InterruptedException {
    Incarnation first = fixture.launch("sleep", "60");
    fixture.awaitLaunched(first);
    say("before", outcome(fixture, "/bin/true"));
    List<CountDownLatch> hoard = hoardThreads();
    say("hoarded some", hoard.size() > 5);
    say("without", outcome(fixture, "/bin/true"));
    fixture.platform.signal(first, Signal.TERM);
    say("first", fixture.awaitExit(first).describe());
    for (CountDownLatch release : hoard) {
      release.countDown();
    }
    // The kernel counts a thread for a moment after it has ended.
    fixture.await("threads", () -> !outcome(fixture, "/bin/true").startsWith("HOST"));
    say("after", outcome(fixture, "/bin/true"));
  }

  /** One thread more for each try, so that each of those that a platform needs is missing once. */
  private static void openedWithoutThreads() {
    List<CountDownLatch> hoard = hoardThreads();
    int before = PlatformFixture.descriptors().size();
    int failed = 0;
    for (CountDownLatch release : hoard) {
      try (PosixPlatform opened = PosixPlatform.open()) {
        say("opened at last", opened.supports(Signal.KILL));
        break;
      } catch (OutOfMemoryError e) {
        failed++;
        say("descriptors left by failure " + failed, PlatformFixture.descriptors().size() - before);
      }
      release.countDown();
    }
    hoard.forEach(CountDownLatch::countDown);
    say("failed", failed >= 3);
  }

  private static List<CountDownLatch> hoardThreads() {
    List<CountDownLatch> hoard = new ArrayList<>();
    try {
      while (true) {
        CountDownLatch release = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(release));
        thread.setDaemon(true);
        thread.start();
        hoard.add(release);
      }
    } catch (OutOfMemoryError e) {
      return hoard;
    }
  }

  private static void await(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void withoutHelper(PlatformFixture fixture, Path javaHome) throws IOException {
    say("own JDK", Path.of(System.getProperty("java.home")).equals(javaHome));
    say("before", outcome(fixture, "/bin/true"));
    Files.delete(javaHome.resolve("lib/jspawnhelper"));
    try {
      new ProcessBuilder("/bin/true").start().destroy();
      say("JDK", "started");
    } catch (IOException e) {
      say("JDK", "failed");
    }
    say("after", outcome(fixture, "/bin/true"));
  }

  private static void facts(PlatformFixture fixture) {
    Incarnation run = fixture.launch("sleep", "60");
    fixture.awaitLaunched(run);
    ProcessFacts facts = fixture.platform.facts(run, ProcessFacts.Depth.FULL).orElseThrow();
    say("facts", facts.proportionalBytes().isPresent() && facts.descriptors().isPresent());
  }

  private static void withThief(PlatformFixture fixture) {
    Incarnation run = fixture.launch("sleep", "60");
    ReaperThief.killAndReap(fixture.awaitLaunched(run).value());
    say("stolen", fixture.awaitExit(run).describe());
  }

  private static String outcome(PlatformFixture fixture, String program) {
    CollectingSink sink = new CollectingSink();
    Incarnation run = fixture.launch(sink, program);
    fixture.await(
        "an outcome of " + run,
        () ->
            !fixture.all(PlatformReport.OutputEnded.class, run).isEmpty()
                || !fixture.all(PlatformReport.LaunchFailed.class, run).isEmpty());
    return fixture.all(PlatformReport.LaunchFailed.class, run).stream()
        .map(failed -> failed.failure().fault() + " " + failed.failure())
        .findFirst()
        .orElseGet(() -> fixture.awaitExit(run).describe());
  }
}
