package org.jsupervisor.posix.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ProcessFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {
  private static final String REST =
      "S 1 2 3 4 -1 4194560 10 11 12 13 140 150 16 17 20 0 3 0 2200 2300 2400 25 26 27 28"
          + " 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 5000 5100 0\n";

  @Test
  void fields_areThoseOfThePage() {
    assertThat(parse("7 (cat) " + REST))
        .contains(new ProcStat('S', 4194560, 2, 3, 140, 150, 3, 2200, 2400, 27, 5000, 5100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", ") S 1 2 3", "(sd-pam)", "x\ny", "x) R 9 (y)", "9 (x) Z 1 1 1"})
  void name_doesNotMatter(String name) {
    assertThat(parse("7 (" + name + ") " + REST)).isEqualTo(parse("7 (cat) " + REST));
  }

  @ParameterizedTest
  @CsvSource({"S,false", "R,false", "D,false", "T,false", "Z,true", "X,true"})
  void zombie_hasEnded(String state, boolean ended) {
    ProcStat stat = parse("7 (cat) " + state + REST.substring(1)).orElseThrow();

    assertThat(stat.isEnded()).isEqualTo(ended);
  }

  @ParameterizedTest
  @CsvSource({
    "4194560,27,5000,5100,false", // an environment
    "4194560,27,5000,5000,true", // none
    "4194560,0,0,0,false", // in the middle of an exec
    "4194560,0,5000,5000,false", // likewise, when its variables are being filled in
    "2129984,0,0,0,true" // a thread of the kernel
  })
  void emptyEnvironment_isToldFromOneThatIsNotThereYet(
      String flags, String code, String start, String end, boolean empty) {
    String rest =
        REST.replace("4194560", flags)
            .replace(" 27 ", " " + code + " ")
            .replace("5000 5100", start + " " + end);

    assertThat(parse("7 (cat) " + rest).orElseThrow().hasEmptyEnvironment()).isEqualTo(empty);
  }

  @Test
  void lineThatIsCutShort_isNone() {
    String line = "7 (cat) " + REST;
    int end = line.indexOf(" 2400");
    for (int length = 0; length <= end; length++) {
      assertThat(parse(line.substring(0, length))).as(line.substring(0, length)).isEmpty();
    }
  }

  private static Optional<ProcStat> parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    return ProcStat.parse(ByteBuffer.wrap(bytes), bytes.length);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void processWithTheSameNumberThatStartedAtAnotherTime_isNotAnswered() {
    Libc libc = Libc.load();
    Incarnation run = new Incarnation(ChildId.of("child"), 1);
    Pid pid = new Pid(ProcessHandle.current().pid());
    LivePids pids = new LivePids(libc);
    FactsReader facts = new FactsReader(libc, pids);

    pids.enter(run, pid);
    assertThat(facts.read(run, ProcessFacts.Depth.CHEAP)).isPresent();
    pids.enter(run, new LivePids.Identity(pid, 1));

    assertThat(facts.read(run, ProcessFacts.Depth.CHEAP)).isEmpty();
    assertThat(facts.read(run, ProcessFacts.Depth.FULL)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void processThatStartedAfterTheChildWasKnown_isNotAnswered() {
    Libc libc = Libc.load();
    Incarnation run = new Incarnation(ChildId.of("child"), 1);
    Pid pid = new Pid(ProcessHandle.current().pid());
    LivePids pids = new LivePids(libc);

    pids.enter(run, pid, 0);
    assertThat(pids.find(run)).isEmpty();
    pids.enter(run, pid);
    assertThat(pids.find(run)).isPresent();
  }

  @Test
  void everyLetterOfTheKernel_isAState() {
    for (char letter : "RSDTtZXI".toCharArray()) {
      assertThat(FactsReader.state(letter)).isNotEqualTo(ProcessFacts.State.OTHER);
    }
    assertThat(FactsReader.state('?')).isEqualTo(ProcessFacts.State.OTHER);
  }

  @Test
  void pss_isTheLineOfThatName() {
    assertThat(FactsReader.pss("Rss: 9 kB\nPss:    12 kB\nPss_Dirty: 3 kB\n")).hasValue(12 * 1024);
    assertThat(FactsReader.pss("")).isEmpty();
  }
}
