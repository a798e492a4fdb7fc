package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsupervisor.spec.HostDeath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a logger and of its service when their host is gone. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class LoggerHostDeathTest {
  @TempDir Path directory;

  @AfterEach
  void endEverything() {
    both().forEach(PlatformFixture::kill);
    await("the end of both", () -> both().isEmpty());
    await("the end of the guard's files", this::isWithoutRuntimeFiles);
  }

  private Path count() {
    return directory.resolve("count");
  }

  private List<Long> both() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(PlatformFixture::isAlive)
        .filter(pid -> PlatformFixture.commandLine(pid).startsWith("sh -c"))
        .filter(pid -> PlatformFixture.commandLine(pid).contains(directory.toString()))
        .toList();
  }

  private boolean isWithoutRuntimeFiles() {
    try (var files = Files.list(directory)) {
      return files.noneMatch(file -> file.getFileName().toString().startsWith("jsupervisor-"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void killTheHostOf(HostDeath fate) throws IOException {
    try (HostJvm host =
        HostJvm.start(
            List.of(),
            HostOfALogger.class,
            directory.toString(),
            count().toString(),
            fate.name())) {
      host.awaitLine(HostOfALogger.READY);
      await("a first step", () -> steps() > 0);
      // A shell that is about to start a tool is a second one for a moment.
      await("both", () -> both().size() == 2);

      PlatformFixture.kill(host.pid());
    }
  }

  private long steps() {
    try {
      return Long.parseLong(Files.readString(count()).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  @Test
  void bothAreToDie_soNobodyIsLeft() throws IOException {
    killTheHostOf(HostDeath.DIE);

    await("the end of both", () -> both().isEmpty());
  }

  /** Each step writes more than the pipe holds, so both have to live. */
  @Test
  void bothSurvive_soTheServiceIsStillRead() throws IOException {
    killTheHostOf(HostDeath.SURVIVE);

    long before = steps();
    await("further steps", () -> steps() >= before + 3);
    await("both", () -> both().size() == 2);
  }

  private static void await(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PlatformFixture.PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PlatformFixture.PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
