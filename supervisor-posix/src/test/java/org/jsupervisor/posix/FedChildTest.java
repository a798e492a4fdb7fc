package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Children that feed a child, on the platform alone. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class FedChildTest {
  private static final ChildId LOG = ChildId.of("log");
  private static final OutputTarget TO_LOG = new OutputTarget.ToChild(LOG);
  private static final int RESTARTS = 1000;

  private final PlatformFixture fixture = new PlatformFixture();
  private final CollectingSink kept = new CollectingSink();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Incarnation log(String... command) {
    return fixture.launch(
        ProcessSpec.builder("log", List.of(command)).withInput(InputSpec.fed()),
        new OutputTarget.Piped(kept));
  }

  private Incarnation web(String script) {
    return web("web", script);
  }

  private Incarnation web(String name, String script) {
    return fixture.launch(
        ProcessSpec.builder(name, "sh", "-c", script).withOutput(OutputSpec.toChild("log")),
        TO_LOG);
  }

  private static String link(Pid pid, int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + descriptor)).toString();
  }

  private static long descriptors(Pid pid) {
    try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.count();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void stdinIsThePipe_thatProducersWriteTo_andNobodyHasAnyOtherDescriptor() throws IOException {
    Pid log = fixture.awaitLaunched(log("sleep", "60"));
    Pid web = fixture.awaitLaunched(web("exec sleep 60"));
    Pid other = fixture.awaitLaunched(fixture.launch("sleep", "60"));
    fixture.await(
        "stdio only",
        () -> descriptors(log) == 3 && descriptors(web) == 3 && descriptors(other) == 3);

    assertThat(link(log, 0))
        .startsWith("pipe:")
        .isEqualTo(link(web, 1))
        .isEqualTo(link(web, 2))
        .isNotEqualTo(link(log, 1));
    assertThat(link(web, 0)).isEqualTo("/dev/null");
    assertThat(flags(log, 0)).as("blocking, to read").isEqualTo(0);
    assertThat(flags(web, 1)).as("blocking, to write").isEqualTo(1);
  }

  /** O_ACCMODE and O_NONBLOCK of a descriptor. */
  private static int flags(Pid pid, int descriptor) throws IOException {
    String info = Files.readString(Path.of("/proc/" + pid + "/fdinfo/" + descriptor));
    return Integer.parseInt(info.replaceFirst("(?s).*flags:\\s*([0-7]+).*", "$1"), 8) & 0x803;
  }

  @Test
  void whatWasWrittenBeforeTheConsumerWasThere_isRead_andItEndsWhenToldTo() {
    fixture.awaitExit(web("echo out; echo err >&2"));
    Incarnation log = log("cat");
    fixture.awaitLaunched(log);

    fixture.platform.endInput(log);

    assertThat(fixture.awaitExit(log)).isEqualTo(new ExitStatus.Exited(0));
    fixture.await(PlatformReport.OutputEnded.class, log);
    assertThat(kept.text()).isEqualTo("out\nerr\n");
  }

  @Test
  void whatADeadConsumerHasNotRead_isReadByItsNextRun() {
    Incarnation first = log("sleep", "60");
    fixture.awaitLaunched(first);
    fixture.awaitExit(web("echo one"));
    fixture.platform.stop(first, Signal.KILL);
    fixture.awaitExit(first);
    fixture.awaitExit(web("echo two"));

    Incarnation second = log("cat");
    fixture.awaitLaunched(second);
    fixture.platform.endInput(second);
    fixture.awaitExit(second);
    fixture.await(PlatformReport.OutputEnded.class, second);

    assertThat(kept.text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void afterItsInputWasEnded_theNextRunReadsOn() {
    Incarnation first = log("cat");
    fixture.awaitLaunched(first);
    fixture.platform.endInput(first);
    fixture.awaitExit(first);

    Incarnation second = log("cat");
    fixture.awaitLaunched(second);
    fixture.awaitExit(web("echo again"));
    fixture.await("the line", () -> kept.text().equals("again\n"));

    assertThat(fixture.all(PlatformReport.Exited.class, second)).isEmpty();
  }

  @Test
  void endOfInput_comesWhenTheLastProducerHasEnded() {
    Incarnation log = log("cat");
    fixture.awaitLaunched(log);
    Incarnation one = web("one", "echo late; exec sleep 60");
    Incarnation other = web("other", "exec sleep 60");
    fixture.awaitLaunched(one);
    fixture.awaitLaunched(other);

    fixture.platform.endInput(log);
    fixture.await("the line", () -> kept.text().equals("late\n"));
    fixture.platform.stop(one, Signal.KILL);
    fixture.awaitExit(one);
    fixture.awaitExit(fixture.launch("true"));
    assertThat(fixture.all(PlatformReport.Exited.class, log)).isEmpty();
    fixture.platform.stop(other, Signal.KILL);

    assertThat(fixture.awaitExit(log)).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void endOfInputOfAnOlderRun_changesNothing() {
    Incarnation first = log("true");
    fixture.awaitExit(first);
    Incarnation second = log("cat");
    fixture.awaitLaunched(second);

    fixture.platform.endInput(first);
    fixture.awaitExit(web("echo line"));

    fixture.await("the line", () -> kept.text().equals("line\n"));
    assertThat(fixture.all(PlatformReport.Exited.class, second)).isEmpty();
  }

  /** A program that makes its stdout non-blocking does so to nobody else. */
  @Test
  void producers_haveOpenFilesOfTheirOwn() throws IOException {
    Assumed.tools("perl");
    Pid log = fixture.awaitLaunched(log("sleep", "60"));
    Pid web =
        fixture.awaitLaunched(
            web("perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_NONBLOCK) or die; sleep 60'"));
    fixture.await(
        "non-blocking",
        () -> {
          try {
            return flags(web, 1) == 0x801;
          } catch (IOException e) {
            return false;
          }
        });
    Pid next = fixture.awaitLaunched(web("next", "exec sleep 60"));

    assertThat(flags(next, 1)).isEqualTo(1);
    assertThat(flags(log, 0)).isEqualTo(0);
  }

  @Test
  void retired_isClosed_andWhatWasInItIsGone() {
    fixture.awaitExit(web("echo lost"));
    fixture.platform.retireInput(LOG);

    Incarnation log = log("cat");
    fixture.awaitLaunched(log);
    fixture.awaitExit(web("echo new"));
    fixture.platform.endInput(log);
    fixture.awaitExit(log);
    fixture.await(PlatformReport.OutputEnded.class, log);

    assertThat(kept.text()).isEqualTo("new\n");
  }

  @Test
  void manyRestartsOfBoth_leaveNoDescriptorBehind() {
    fixture.awaitExit(log("true"));
    fixture.awaitExit(web("true"));
    int before = PlatformFixture.descriptors().size();
    for (int n = 0; n < RESTARTS; n++) {
      Incarnation log = fed(n % 2 == 0 ? "cat" : "true");
      Incarnation web =
          fixture.launch(ProcessSpec.builder("web", n % 5 == 0 ? "/no/such" : "true"), TO_LOG);
      if (n % 2 == 0) {
        fixture.awaitLaunched(log);
        fixture.platform.endInput(log);
      }
      fixture.awaitExit(log);
      fixture.await(
          "the end of " + web,
          () ->
              !fixture.all(PlatformReport.Exited.class, web).isEmpty()
                  || !fixture.all(PlatformReport.LaunchFailed.class, web).isEmpty());
      fixture.reports.clear();
    }

    fixture.await(
        "as many descriptors as " + before, () -> PlatformFixture.descriptors().size() <= before);
  }

  private Incarnation fed(String program) {
    return fixture.launch(
        ProcessSpec.builder("log", program).withInput(InputSpec.fed()), new OutputTarget.Null());
  }
}
