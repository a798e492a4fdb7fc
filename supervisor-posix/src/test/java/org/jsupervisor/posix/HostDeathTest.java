package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of children when their host, a JVM of its own, is gone. */
@EnabledOnOs(OS.LINUX)
@Timeout(1_200)
class HostDeathTest {
  /** How often a host is killed; many more in the long run: see docs/host-death.md. */
  private static final int ROUNDS = Integer.getInteger("hostDeath.rounds", 4);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long KILL_WITHIN_MILLIS = 400;

  private final String number = Integer.toString(ThreadLocalRandom.current().nextInt(1_000_000));
  private final String doomed = "sleep 7" + number;

  @TempDir Path directory;

  @AfterEach
  void endEverything() {
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
  }

  /** Peers' bug 15. */
  @Test
  void hostKilledUnderLoad_leavesNobodyThatIsToDie_andEverybodyThatIsToSurvive() throws Exception {
    Random random = new Random();
    long slowest = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      Path count = directory.resolve("count-" + round);
      try (HostJvm host = startLoaded("stay", count)) {
        waitNanos(random.nextLong(KILL_WITHIN_MILLIS) * 1_000_000);

        PlatformFixture.kill(host.pid());

        long begin = System.nanoTime();
        await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
        slowest = Math.max(slowest, System.nanoTime() - begin);
        assertThatItGoesOn(count);
      }
      processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    }
    awaitNoTrace();
    System.out.printf("%d hosts killed: slowest end %d ms%n", ROUNDS, slowest / 1_000_000);
  }

  @Test
  void hostTerminated_takesItsChildrenAlong() throws Exception {
    try (HostJvm host = startLoaded("stay", count())) {
      host.process().destroy();

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
      assertThatItGoesOn(count());
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  /** The children of the inner host have its token, not that of the outer one. */
  @Test
  void outerHostKilled_takesTheInnerHostAndItsChildrenAlong() throws Exception {
    String[] inner = innerHost();
    try (HostJvm host = HostJvm.start(List.of(), HostOfAHost.class, inner)) {
      host.awaitLine(HostUnderLoad.LOADED);

      PlatformFixture.kill(host.pid());

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
      assertThatItGoesOn(count());
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  @Test
  void innerHostStoppedByTheOuter_takesItsChildrenAlong_andLeavesItsSurvivor() {
    CollectingSink sink = new CollectingSink();
    try (PlatformFixture outer = new PlatformFixture()) {
      Incarnation run = outer.launch(sink, innerHost());
      outer.await("loaded", () -> sink.text().contains(HostUnderLoad.LOADED));

      outer.platform.stop(run, Signal.KILL);
      outer.awaitExit(run);

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
      assertThatItGoesOn(count());
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  private String[] innerHost() {
    return HostJvm.command(
            HostUnderLoad.class, number, directory.toString(), count().toString(), "stay")
        .toArray(String[]::new);
  }

  @Test
  void hostThatExitsWithoutClosing_takesItsChildrenAlong() throws Exception {
    try (HostJvm host = startLoaded("exit", count())) {
      assertThat(host.process().waitFor(30, TimeUnit.SECONDS)).isTrue();

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
      assertThatItGoesOn(count());
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  @Test
  void guardThatIsKilled_isReplaced_andTheNextOneDoesItsWork() throws Exception {
    try (HostJvm host = startLoaded("stay", count())) {
      long first = onlyGuard(host);
      PlatformFixture.kill(first);
      await(
          "another guard",
          () ->
              !List.of(first).equals(PlatformFixture.guards(host.pid()))
                  && !PlatformFixture.guards(host.pid()).isEmpty());

      PlatformFixture.kill(host.pid());

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  @Test
  void guard_ignoresWhatAsksItToEnd() throws Exception {
    try (HostJvm host = startLoaded("stay", count())) {
      long guard = onlyGuard(host);
      for (String signal : List.of("HUP", "INT", "QUIT", "TERM", "USR1")) {
        new ProcessBuilder("kill", "-s", signal, Long.toString(guard)).start().waitFor();
      }

      PlatformFixture.kill(host.pid());

      await("end of all that are to die", () -> processes().noneMatch(this::isDoomed));
    }
    processes().filter(this::isOurs).forEach(PlatformFixture::kill);
    awaitNoTrace();
  }

  private HostJvm startLoaded(String then, Path count) throws IOException {
    HostJvm host =
        HostJvm.start(
            List.of(), HostUnderLoad.class, number, directory.toString(), count.toString(), then);
    try {
      host.awaitLine(HostUnderLoad.LOADED);
      return host;
    } catch (IOException | AssertionError e) {
      host.close();
      throw e;
    }
  }

  private long onlyGuard(HostJvm host) {
    List<Long> guards = PlatformFixture.guards(host.pid());
    assertThat(guards).hasSize(1);
    return guards.get(0);
  }

  private Path count() {
    return directory.resolve("count");
  }

  /** Each step of the survivor writes more than a pipe holds. */
  private static void assertThatItGoesOn(Path count) {
    long before = read(count);
    await("further steps of the survivor", () -> read(count) >= before + 3);
  }

  /** The guard goes with the last survivor, and all files of the host with it. */
  private void awaitNoTrace() {
    await(
        "end of the guard, and of the runtime directory",
        () -> !hasFile(directory, "jsupervisor-") && processes().noneMatch(this::isOurs));
  }

  private static boolean hasFile(Path directory, String prefix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long read(Path count) {
    try {
      return Long.parseLong(Files.readString(count).strip());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  private boolean isDoomed(long pid) {
    return PlatformFixture.isAlive(pid) && PlatformFixture.commandLine(pid).contains(doomed);
  }

  /** Also the survivor. */
  private boolean isOurs(long pid) {
    return isDoomed(pid)
        || (PlatformFixture.isAlive(pid)
            && PlatformFixture.commandLine(pid).contains(directory.toString())
            && PlatformFixture.commandLine(pid).startsWith("sh -c"));
  }

  private static Stream<Long> processes() {
    return ProcessHandle.allProcesses().map(ProcessHandle::pid);
  }

  private static void waitNanos(long nanos) {
    await("the moment", new After(System.nanoTime() + nanos));
  }

  private record After(long moment) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return System.nanoTime() - moment >= 0;
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
