package org.jsupervisor.posix.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the guard finds in the table. */
@EnabledOnOs(OS.LINUX)
class RunTableTest {
  private final RunTable table;

  RunTableTest() throws SyscallException {
    Libc libc = Libc.load();
    table = new RunTable(libc, RunToken.random(libc), "/run/some where");
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void head_isTheTokenAndTheDirectory() throws IOException {
    assertThat(lines().get(0)).matches("JSUPERVISOR_RUN=[0-9a-f]{32}");
    assertThat(lines().get(1)).isEqualTo("/run/some where");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void slot_tellsOfAStart_thenOfAPid_thenOfNobody() throws Exception {
    RunMark mark = table.begin(RunKind.DIE);
    assertThat(slots()).containsExactly("D 0 1 0");

    table.runs(mark, 4711);
    assertThat(slots()).singleElement().asString().startsWith("d 4711 1 ");
    long noted = Long.parseLong(slots().get(0).substring("d 4711 1 ".length()));
    assertThat(noted).isBetween(uptime() - 1_000, uptime());

    table.erase(mark);
    assertThat(slots()).containsExactly("- 0 0 0");
  }

  @Test
  void table_isAsLongAsTheMostThatLivedAtOnce() throws Exception {
    RunMark first = table.begin(RunKind.DIE);
    table.begin(RunKind.DIE_BUT_KEEP);
    table.erase(first);
    table.begin(RunKind.DIE);

    assertThat(slots()).containsExactly("D 0 3 0", "K 0 2 0");
  }

  @Test
  void survivor_hasNoSlot_butANumber() throws Exception {
    RunMark mark = table.begin(RunKind.SURVIVE);
    table.runs(mark, 4711);

    assertThat(slots()).isEmpty();
    assertThat(mark.number()).isEqualTo(1);
    assertThat(table.begin(RunKind.DIE).number()).isEqualTo(2);
  }

  @Test
  void closedTable_isWrittenNoMore() throws Exception {
    RunMark mark = table.begin(RunKind.DIE);
    table.close();

    table.erase(mark);
    table.close();
  }

  /** In hundredths of a second. */
  private static long uptime() throws IOException {
    String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0];
    return Long.parseLong(seconds.replace(".", ""));
  }

  private List<String> slots() throws IOException {
    List<String> lines = lines();
    return lines.subList(2, lines.size()).stream().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fd/" + table.descriptor()));
  }
}
