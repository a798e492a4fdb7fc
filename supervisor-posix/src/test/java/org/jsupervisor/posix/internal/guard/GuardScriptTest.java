package org.jsupervisor.posix.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.proc.ProcReader;
import org.jsupervisor.posix.internal.proc.ProcStat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script under each shell that a system may have as its own, on a table made by hand. */
@EnabledOnOs(OS.LINUX)
class GuardScriptTest {
  private static final int NOBODY = 0;

  private final List<Process> started = new ArrayList<>();
  private final String token =
      RunToken.VARIABLE + "=" + Long.toHexString(ThreadLocalRandom.current().nextLong());

  @TempDir Path directory;

  @AfterEach
  void endAll() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void endOfTheLifeLine_killsWhoIsInTheTableOrHasTheToken_andNobodyElse(String shell)
      throws Exception {
    assumeShell(shell);
    Process noted = sleeper("env -i setsid");
    Process marked = sleeper("env " + token + ".d.7. setsid");
    Process beingStarted = sleeper("env " + token + ".k.8. setsid");
    Process launched = sleeper("env -i setsid");
    Process survivor = sleeper("env " + token + ".s.9. setsid");
    Process kept = sleeper("env " + token + ".k.88. setsid");
    Process stranger = sleeper("env -i");
    Process younger = sleeper("env -i setsid");
    List<String> slots =
        List.of(
            "d " + noted.pid() + " 1 " + Long.MAX_VALUE,
            "- 0 0 0",
            "K " + NOBODY + " 8 0",
            "D " + NOBODY + " 10 0",
            // Its number was a child's, but it leads no session: somebody else by now.
            "d " + stranger.pid() + " 11 " + Long.MAX_VALUE,
            // It leads a session, but was born after the number had been noted.
            "d " + younger.pid() + " 12 1");

    runGuard(shell, slots, launched.pid());

    for (Process doomed : List.of(noted, marked, beingStarted, launched)) {
      assertThat(doomed.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(List.of(survivor, kept, stranger, younger)).allMatch(Process::isAlive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void nameOfAProcess_mayLookLikeTheLineOfAnother_andMisleadsNobody(String shell) throws Exception {
    assumeShell(shell);
    Process stranger = sleeper("env -i setsid");
    // So that the second line of its entry in /proc begins as the stranger's.
    Path program = directory.resolve("\n" + stranger.pid() + " (x");
    Files.writeString(program, "#!/bin/sh\necho $$\nsleep 60\n:\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    // Its group is not that of the session's leader: timeout makes one.
    String line = "timeout 60 \"$0\" & exec sleep 60";
    Process noted = start("env", "-i", "setsid", "sh", "-c", line, program.toString());
    long named = Long.parseLong(noted.inputReader().readLine());

    runGuard(shell, List.of("d " + noted.pid() + " 1 " + Long.MAX_VALUE), NOBODY);

    assertThat(stranger.isAlive()).as("whose number is in it").isTrue();
    assertThat(isOver(named)).as("the end of who has the name").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void processThatIsExchangingItsProgram_isLookedAtUntilItShowsWhatItIs(String shell)
      throws Exception {
    assumeShell(shell);
    Process marked = sleeper("env -i");
    Path entry = Files.createDirectories(directory.resolve("proc/" + marked.pid()));
    Files.writeString(entry.resolve("environ"), "");
    Files.writeString(entry.resolve("stat"), stat(marked.pid(), 0));
    Files.writeString(directory.resolve("stat"), stat(marked.pid(), 27));
    Files.writeString(directory.resolve("environ"), token + ".d.7.");
    // The script naps after each look that finds nobody.
    String nap =
        """
        naps=0
        sleep() {
          naps=$((naps + 1))
          if [ $naps -eq 20 ]; then cp stat environ proc/[0-9]*; fi
        }
        """;

    UnaryOperator<String> change =
        text -> nap + text.replace("/proc/[0-9]", "proc/[0-9]").replace("/proc/$1", "proc/$1");
    runGuard(shell, change, List.of("- 0 0 0"), NOBODY);

    assertThat(marked.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Where its code ends is 0 while a process exchanges its program. */
  private static String stat(long pid, long codeEnd) {
    return pid
        + " (sleep) R 1 1 1 0 -1 4194304 10 11 12 13 14 15 16 17 20 0 1 0 22 2300000 24 25 26 "
        + codeEnd
        + " 28 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 45 46 47 48 49 50 51 0\n";
  }

  /** Whether it ends soon; an orphan may stay a zombie for long. */
  private static boolean isOver(long pid) {
    ProcReader reader = new ProcReader(Libc.load());
    long begin = System.nanoTime();
    boolean isOver;
    do {
      isOver = reader.stat(pid).map(ProcStat::isEnded).orElse(true);
    } while (!isOver && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10));
    return isOver;
  }

  private void assumeShell(String shell) throws InterruptedException {
    try {
      String line = shell + " -c true";
      assumeTrue(new ProcessBuilder(line.split(" ", -1)).start().waitFor() == 0, shell);
    } catch (IOException e) {
      assumeTrue(false, "tool missing: " + shell.split(" ", -1)[0]);
    }
  }

  private Process sleeper(String launcher) throws IOException {
    List<String> line = new ArrayList<>(List.of(launcher.split(" ", -1)));
    line.addAll(List.of("sleep", "60"));
    return start(line.toArray(String[]::new));
  }

  private Process start(String... line) throws IOException {
    Process process = new ProcessBuilder(line).start();
    started.add(process);
    return process;
  }

  private void runGuard(String shell, List<String> slots, long pid) throws Exception {
    runGuard(shell, UnaryOperator.identity(), slots, pid);
  }

  private void runGuard(String shell, UnaryOperator<String> change, List<String> slots, long pid)
      throws Exception {
    Path script = directory.resolve("guard.sh");
    try (InputStream source = GuardProcess.class.getResourceAsStream("guard.sh")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(script, change.apply(text));
    }
    List<String> table = new ArrayList<>(List.of(token, directory.resolve("none").toString()));
    table.addAll(slots);
    Files.write(directory.resolve("table"), table);
    ByteBuffer cell = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt((int) pid);
    Files.write(directory.resolve("pid"), cell.array());
    String line = "exec " + shell + " guard.sh 3< table 5< pid";
    Process guard = new ProcessBuilder("sh", "-c", line).directory(directory.toFile()).start();
    started.add(guard);
    assertThat(guard.inputReader().readLine()).isEqualTo("ready");
    guard.getOutputStream().close();
    assertThat(guard.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
