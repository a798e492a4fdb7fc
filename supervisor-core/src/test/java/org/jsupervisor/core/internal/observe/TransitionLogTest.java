package org.jsupervisor.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.core.internal.observe.Samples.WEB;
import static org.jsupervisor.core.internal.observe.Samples.phase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.mdc.Mdc;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What the host's log has of the life of a tree. */
class TransitionLogTest {
  private static final Path PAGE = Path.of("..", "docs", "operating.md");

  private final RecordedLog everything = new RecordedLog(Level.DEBUG);
  private final TransitionLog log = log(everything);

  private static TransitionLog log(RecordedLog logger) {
    return new TransitionLog("shop", logger, Mdc.of(logger.mdc));
  }

  private void hear(SupervisorEvent... events) {
    for (SupervisorEvent event : events) {
      log.onEvent(Samples.published(event));
    }
  }

  private RecordedLog.Line last() {
    return everything.lines.get(everything.lines.size() - 1);
  }

  @Test
  void samples_areOfEveryKind() {
    Set<String> kinds =
        Arrays.stream(SupervisorEvent.class.getDeclaredClasses())
            .filter(Class::isRecord)
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(Samples.all().stream().map(each -> each.getClass().getSimpleName()).toList())
        .containsAll(kinds);
  }

  @Test
  void f50_event_ofEachKind_isOneLine_withWhoAndWhat() {
    for (SupervisorEvent event : Samples.all()) {
      int before = everything.lines.size();
      hear(event);
      assertThat(everything.lines).as(event.toString()).hasSize(before + 1);
      assertThat(last().text()).isEqualTo(event.child() + ": " + event.describe());
      assertThat(last().text().lines()).hasSize(1);
      assertThat(last().mdc())
          .containsEntry("supervisor", "shop")
          .containsEntry("event", event.getClass().getSimpleName())
          .containsEntry("sequence", "7");
    }
    assertThat(everything.mdc.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void transitions_areToldAtInfo_troubleAtWarn_andNothingTwice() {
    RecordedLog info = new RecordedLog(Level.INFO);
    Samples.all().forEach(event -> log(info).onEvent(Samples.published(event)));

    Map<Level, List<String>> kinds =
        info.lines.stream()
            .collect(
                Collectors.groupingBy(
                    RecordedLog.Line::level,
                    Collectors.mapping(line -> line.mdc().get("event"), Collectors.toList())));
    assertThat(kinds)
        .containsOnlyKeys(Level.INFO, Level.WARN)
        .containsEntry(
            Level.INFO, List.of("PhaseChanged", "Ready", "PhaseChanged", "TreePhaseChanged"))
        .containsEntry(
            Level.WARN,
            List.of(
                "SignalProgramEnded",
                "OutputLost",
                "LeftBehind",
                "FinishFailed",
                "DecisionFailed",
                "GiveUpExplained"));
  }

  @Test
  void changeOfPhase_hasTheRun_andTheEndThatItFollowsFrom() {
    hear(Samples.launched(), phase(Phase.LAUNCHING, Phase.RUNNING));
    assertThat(last().mdc())
        .containsEntry("service", "web")
        .containsEntry("incarnation", "3")
        .containsEntry("pid", "4711")
        .containsEntry("from", "LAUNCHING")
        .containsEntry("to", "RUNNING")
        .doesNotContainKey("cause");

    hear(Samples.exited(3), phase(Phase.RUNNING, Phase.BACKOFF));
    assertThat(last().mdc())
        .containsEntry("incarnation", "3")
        .containsEntry("pid", "4711")
        .containsEntry("cause", "BY_ITSELF")
        .containsEntry("status", "EXITED")
        .containsEntry("code", "3")
        .containsEntry("ranMillis", "5250")
        .doesNotContainKey("signal");

    hear(phase(Phase.BACKOFF, Phase.DOWN));
    assertThat(last().mdc()).containsEntry("incarnation", "3").doesNotContainKey("cause");
  }

  @Test
  void endByASignal_hasItsName_andNoCode() {
    hear(Samples.ended(new ExitStatus.Signalled(Signal.KILL, false)));

    assertThat(last().mdc())
        .containsEntry("signal", "KILL")
        .containsEntry("status", "SIGNALLED")
        .doesNotContainKeys("code", "pid");
  }

  @Test
  void changeOfPhase_afterLostEvents_saysNothingOfRuns() {
    hear(Samples.launched(), Samples.exited(3));
    log.onLoss(5);
    assertThat(last().text()).isEqualTo("5 events were too many to be logged");

    hear(phase(Phase.LAUNCHING, Phase.RUNNING));
    assertThat(last().mdc()).doesNotContainKeys("incarnation", "pid", "cause");
  }

  @Test
  void removedChild_isForgotten() {
    hear(Samples.launched(), new SupervisorEvent.Removed(WEB), phase(Phase.DOWN, Phase.DOWN));

    assertThat(last().mdc()).doesNotContainKeys("incarnation", "pid");
  }

  @Test
  void whatIsNotLogged_isRememberedAllTheSame() {
    RecordedLog info = new RecordedLog(Level.INFO);
    TransitionLog quiet = log(info);
    quiet.onEvent(Samples.published(Samples.launched()));
    quiet.onEvent(Samples.published(phase(Phase.LAUNCHING, Phase.RUNNING)));

    assertThat(info.lines).hasSize(1);
    assertThat(info.lines.get(0).mdc()).containsEntry("pid", "4711");
  }

  @Test
  void mdcOfTheHost_isAsItWas() {
    everything.mdc.put("service", "mine");
    hear(Samples.launched());

    assertThat(last().mdc()).containsEntry("service", "web");
    assertThat(everything.mdc.getCopyOfContextMap()).isEqualTo(Map.of("service", "mine"));
  }

  @Test
  void page_hasEachKey_andNoOther() throws IOException {
    Samples.all().forEach(this::hear);
    hear(Samples.ended(new ExitStatus.Signalled(Signal.KILL, false)));
    Set<String> keys =
        everything.lines.stream()
            .flatMap(line -> line.mdc().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| key of the MDC |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("\\|", -1)[1])
            .toList();
    assertThat(
            rows.stream()
                .flatMap(row -> Pattern.compile("`([a-zA-Z]+)`").matcher(row).results())
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(Files.readString(PAGE)).contains("`" + TransitionLog.LOGGERS + "NAME`");
  }
}
