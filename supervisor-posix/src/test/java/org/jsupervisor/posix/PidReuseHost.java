package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.Signal;

/**
 * A host in a pid namespace of its own, whose children's numbers become those of strangers. Says
 * what became of the stranger, and the end of each story is {@link #DONE}.
 */
final class PidReuseHost {
  static final String DONE = "done";
  static final String HURT = "hurt in round ";

  private final PlatformFixture fixture;
  private final PidTaker taker;
  private Incarnation last = new Incarnation(ChildId.of("none"), 1);

  private PidReuseHost(PlatformFixture fixture, PidTaker taker) {
    this.fixture = fixture;
    this.taker = taker;
  }

  /** How ends are noticed, what to show, and how often. */
  public static void main(String[] args) throws Exception {
    var detection = args[0].equals("pidfd") ? ExitDetection.pidfd() : ExitDetection.waiters(100);
    var options = PosixOptions.defaults().withExitDetection(detection);
    // Not closed at the end of the host: it would end strangers by itself.
    PidTaker taker = PidTaker.start();
    try (var fixture = new PlatformFixture(options)) {
      var host = new PidReuseHost(fixture, taker);
      switch (args[1]) {
        case "ended" -> host.ended();
        case "stolen" -> host.stolen();
        case "closed" -> host.closed();
        case "cousin" -> host.cousin();
        case "guard" -> host.guard(args[2]);
        case "race" -> host.race(Integer.parseInt(args[2]));
        default -> throw new IllegalArgumentException(args[1]);
      }
    }
    System.out.println(DONE);
    taker.close();
  }

  private static void say(String line) {
    System.out.println(line);
  }

  /** The usual case: its end is told, then the number is another's. */
  private void ended() {
    Incarnation run = launchWithDaemon("exit 0");
    long pid = fixture.awaitLaunched(run).value();
    fixture.awaitExit(run);
    taker.take(pid);

    trouble(run);
    fixture.platform.close();

    say(taker.verdict());
  }

  /** Something else in the host has reaped it, so its number is free before its end is noticed. */
  private void stolen() {
    long pid = stealNext();

    trouble(last);
    fixture.awaitExit(last);
    trouble(last);
    awaitNextRun();

    say(taker.verdict());
    say("was " + pid);
  }

  /** As {@link #stolen}, but the end of the platform comes first. */
  private void closed() {
    long unused = stealNext();

    fixture.platform.close();

    say(taker.verdict());
  }

  private long stealNext() {
    last = launchWithDaemon("exec sleep 60");
    long pid = fixture.awaitLaunched(last).value();
    awaitNextTick();
    ReaperThief.killAndReap(pid);
    taker.take(pid);
    return pid;
  }

  /** The number is that of a child of the host by now, but not of ours: one can wait for it. */
  private void cousin() throws IOException, InterruptedException {
    last = launchWithDaemon("exec sleep 60");
    long pid = fixture.awaitLaunched(last).value();
    awaitNextTick();
    ReaperThief.killAndReap(pid);
    Process cousin = cousin(pid);

    trouble(last);
    fixture.awaitExit(last);
    trouble(last);
    awaitNextRun();
    fixture.platform.close();

    say("cousin lives: " + (cousin.isAlive() && PlatformFixture.isAlive(pid)));
    cousin.destroyForcibly();
    say("cousin: " + cousin.waitFor());
  }

  /** The kernel tells starts in hundredths of a second; no number comes round within one. */
  private void awaitNextTick() {
    long begin = System.nanoTime();
    fixture.await("the next tick", () -> System.nanoTime() - begin > 30_000_000);
  }

  private static Process cousin(long pid) throws IOException, InterruptedException {
    while (true) {
      Files.writeString(Path.of("/proc/sys/kernel/ns_last_pid"), Long.toString(pid - 1));
      Process cousin = new ProcessBuilder("setsid", "sleep", "1000").start();
      if (cousin.pid() == pid) {
        return cousin;
      }
      cousin.destroyForcibly().waitFor();
    }
  }

  /** The host dies before it has noticed anything: the guard has the number in its table. */
  private void guard(String moment) {
    Incarnation doomed = fixture.launch("sleep", "60");
    taker.doom(fixture.awaitLaunched(doomed).value());
    if (moment.equals("ended")) {
      Incarnation run = fixture.launch("sleep", "60");
      long pid = fixture.awaitLaunched(run).value();
      fixture.platform.stop(run, Signal.KILL);
      fixture.awaitExit(run);
      taker.take(pid);
    } else {
      long unused = stealNext();
    }
    Runtime.getRuntime().halt(1);
  }

  /** All that might be meant for the run, and could hit whoever has its number. */
  private void trouble(Incarnation run) {
    fixture.platform.signal(run, Signal.USR1);
    fixture.platform.signal(run, Signal.TERM);
    fixture.platform.stop(run, Signal.TERM);
    fixture.platform.stop(run, Signal.KILL);
    Optional<ProcessFacts> facts = fixture.platform.facts(run, ProcessFacts.Depth.FULL);
    if (facts.isPresent()) {
      say("facts of a stranger: " + facts);
    }
  }

  /** What was searched for the run before is over when another one's search is. */
  private void awaitNextRun() {
    fixture.awaitExit(launchWithDaemon("exit 0"));
  }

  private Incarnation launchWithDaemon(String then) {
    return fixture.launch("sh", "-c", "setsid sleep 60 & sleep 60 & " + then);
  }

  /** The kill of a child and its own end meet, and its number is taken the moment it is free. */
  private void race(int rounds) {
    int killed = 0;
    for (int round = 0; round < rounds; round++) {
      Incarnation run =
          round % 4 == 0 ? launchWithDaemon("exit 0") : fixture.launch("sh", "-c", lifeOf(round));
      long pid = fixture.awaitLaunched(run).value();
      taker.beginToTake(pid);
      long begin = System.nanoTime();
      long moment = ThreadLocalRandom.current().nextLong(2_000_000);
      while (fixture.all(PlatformReport.Exited.class, run).isEmpty()) {
        if (System.nanoTime() - begin > moment) {
          fixture.platform.stop(run, round % 3 == 0 ? Signal.TERM : Signal.KILL);
        }
        fixture.platform.poll(0, fixture.reports::add);
      }
      killed += fixture.awaitExit(run).toString().contains("KILL") ? 1 : 0;
      trouble(run);
      taker.awaitTaken(pid);
      trouble(run);
      fixture.platform.poll(0, fixture.reports::add);
      String verdict = taker.verdict();
      if (!verdict.equals(PidTaker.UNHURT)
          || fixture.all(PlatformReport.Exited.class, run).size() != 1) {
        say(HURT + round + ", pid " + pid + ": " + verdict + "; " + fixture.reports);
      }
      fixture.reports.clear();
    }
    say("killed some: " + (killed > 0) + ", not all: " + (killed < rounds));
    say(PidTaker.UNHURT);
  }

  /** Most end at about the moment of the kill; a few live on, so that some are killed for sure. */
  private static String lifeOf(int round) {
    if (round % 10 == 9) {
      return "exec sleep 60";
    }
    return round % 2 == 0 ? "exit 0" : "sleep 60 & exit 0";
  }
}
