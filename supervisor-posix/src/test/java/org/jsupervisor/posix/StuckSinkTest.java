package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** F32: a sink that does not come back from a call, on a disk that hangs for instance. */
@EnabledOnOs(OS.LINUX)
class StuckSinkTest {
  private static final String NUMBERS =
      IntStream.rangeClosed(1, 200_000).mapToObj(n -> n + "\n").collect(Collectors.joining());

  private final PlatformFixture fixture = new PlatformFixture();
  private final List<StuckSink> stuck = new ArrayList<>();

  @AfterEach
  void close() {
    stuck.forEach(StuckSink::release);
    fixture.close();
  }

  private StuckSink stuckIn(StuckSink.Call call) {
    StuckSink sink = new StuckSink(call);
    stuck.add(sink);
    return sink;
  }

  private void assertThatOthersAreHeard() {
    CollectingSink other = new CollectingSink();
    Incarnation run = fixture.launch(other, "seq", "200000");
    fixture.await(PlatformReport.OutputEnded.class, run);
    assertThat(other.text().equals(NUMBERS)).as("all that the other has written").isTrue();
  }

  @Test
  void f32_sinkThatDoesNotComeBack_holdsUpNoOther_andGetsEverythingInOrder() {
    StuckSink sink = stuckIn(StuckSink.Call.ACCEPT);
    Incarnation run = fixture.launch(sink, "seq", "200000");
    fixture.await("the sink blocks", sink::isBlocked);

    assertThatOthersAreHeard();
    assertThatOthersAreHeard();
    assertThat(fixture.all(PlatformReport.Exited.class, run)).as("its child waits").isEmpty();

    sink.release();
    fixture.await(PlatformReport.OutputEnded.class, run);
    assertThat(sink.text().equals(NUMBERS)).as("nothing lost, doubled, or out of order").isTrue();
    assertThat(sink.overlaps()).isZero();
    assertThat(fixture.all(PlatformReport.OutputLost.class, run)).isEmpty();
  }

  @Test
  void f32_otherSourcesOfASinkThatDoesNotComeBack_waitForIt() {
    StuckSink sink = stuckIn(StuckSink.Call.ACCEPT);
    Incarnation first = fixture.launch(sink, "sh", "-c", "echo first; exec sleep 1000");
    fixture.await("the sink blocks", sink::isBlocked);
    // Of one it sees the end at once; the other two have more than a pipe takes.
    Incarnation brief = fixture.launch(sink, "echo", "brief");
    Incarnation apart =
        fixture.launch(
            new OutputTarget.Separate(new OutputTarget.Piped(sink), new OutputTarget.Piped(sink)),
            spec -> spec,
            "sh",
            "-c",
            "seq 200000; seq 200000 >&2");
    fixture.awaitExit(brief);
    assertThatOthersAreHeard();
    assertThat(sink.text()).isEmpty();

    sink.release();
    fixture.await(PlatformReport.OutputEnded.class, brief);
    fixture.await(PlatformReport.OutputEnded.class, apart);
    assertThat(sink.textOf(brief)).isEqualTo("brief\n");
    assertThat(sink.textOf(first)).isEqualTo("first\n");
    assertThat(sink.textOf(apart).equals(NUMBERS + NUMBERS)).as("each stream in order").isTrue();
    assertThat(sink.overlaps()).isZero();
  }

  @Test
  void f32_sinkThatDoesNotComeBackFromItsEndOrItsClose_holdsUpNoOther() {
    for (StuckSink.Call call : List.of(StuckSink.Call.ENDED, StuckSink.Call.CLOSE)) {
      StuckSink sink = stuckIn(call);
      Incarnation run = fixture.launch(sink, "echo", "x");
      fixture.awaitLaunched(run);
      fixture.platform.retire(sink);
      fixture.await("the sink blocks", sink::isBlocked);

      assertThatOthersAreHeard();

      sink.release();
      fixture.await("it is closed", () -> sink.closed() == 1);
      fixture.await(PlatformReport.OutputEnded.class, run);
      assertThat(sink.text()).isEqualTo("x\n");
      assertThat(sink.overlaps()).isZero();
    }
  }

  @Test
  void f32_sinkThatIsRetiredWhileItDoesNotComeBack_isClosedOnceAndLast() {
    StuckSink sink = stuckIn(StuckSink.Call.ACCEPT);
    Incarnation run = fixture.launch(sink, "sh", "-c", "echo x; exec sleep 1000");
    fixture.await("the sink blocks", sink::isBlocked);
    fixture.platform.retire(sink);
    fixture.platform.signal(run, Signal.KILL);
    fixture.awaitExit(run);
    assertThatOthersAreHeard();
    assertThat(sink.closed()).isZero();

    sink.release();
    fixture.await("it is closed", () -> sink.closed() == 1);
    assertThat(sink.text()).isEqualTo("x\n");
    assertThat(sink.calls()).containsExactly("accept", "ended", "close");
    assertThat(sink.overlaps()).isZero();
  }

  private static List<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .toList();
  }

  @Test
  void watchOfSinks_sleepsWhileNobodyWrites_andWakesForTheNext() {
    CollectingSink quiet = new CollectingSink();
    fixture.launch(quiet, "sh", "-c", "echo x; exec sleep 1000");
    fixture.await("a line", () -> quiet.text().equals("x\n"));
    // It would be TIMED_WAITING if it looked again after a while.
    fixture.await(
        "the watch sleeps",
        () ->
            threads("supervisor-output-watch").stream()
                .allMatch(thread -> thread.getState() == Thread.State.WAITING));

    StuckSink sink = stuckIn(StuckSink.Call.ACCEPT);
    fixture.launch(sink, "echo", "x");
    fixture.await("the sink blocks", sink::isBlocked);

    assertThatOthersAreHeard();
  }

  /** When there is no stand-in any more, it is as with one thread; until one comes back. */
  @Test
  void f32_moreSinksThatDoNotComeBackThanThereAreStandIns_holdUpTheOthers_untilOneReturns() {
    for (int n = 0; n <= PosixOptions.STAND_INS_MAX; n++) {
      StuckSink sink = stuckIn(StuckSink.Call.ACCEPT);
      var unused = fixture.launch(sink, "echo", "x");
      fixture.await("one more sink blocks", sink::isBlocked);
    }
    fixture.await(
        "all stand in",
        () -> threads("supervisor-output-1-away").size() == PosixOptions.STAND_INS_MAX);
    CollectingSink other = new CollectingSink();
    Incarnation run = fixture.launch(other, "echo", "heard at last");
    fixture.awaitExit(run);
    assertThat(other.text()).isEmpty();

    stuck.get(3).release();
    fixture.await(PlatformReport.OutputEnded.class, run);
    assertThat(other.text()).isEqualTo("heard at last\n");
    stuck.forEach(StuckSink::release);
    for (StuckSink sink : stuck) {
      fixture.await("all of it", () -> sink.text().equals("x\n"));
    }
    assertThatOthersAreHeard();
  }

  /**
   * What has come back needs no stand-in: the thread that took its place is an output thread now.
   */
  @Test
  void f32_sinksThatHaveComeBack_leaveAllStandInsToTheNext() {
    int threads = 4;
    try (PlatformFixture several =
        new PlatformFixture(PosixOptions.defaults().withOutputThreads(threads))) {
      for (int thread = 0; thread < threads; thread++) {
        StuckSink late = stuckInThread(thread, threads);
        Incarnation run = several.launch(late, "echo", "x");
        several.await("the sink blocks", late::isBlocked);
        // On the same thread: so a stand-in has taken its place.
        assertThatItIsHeard(several, thread, threads);
        late.release();
        several.await(PlatformReport.OutputEnded.class, run);
      }

      for (int n = 0; n < PosixOptions.STAND_INS_MAX; n++) {
        StuckSink sink = stuckInThread(n % threads, threads);
        var unused = several.launch(sink, "echo", "x");
        several.await("one more sink blocks", sink::isBlocked);
      }
      for (int thread = 0; thread < threads; thread++) {
        assertThatItIsHeard(several, thread, threads);
      }
      stuck.forEach(StuckSink::release);
      several.await(
          "those left behind have ended",
          () ->
              threads("supervisor-output-").stream()
                  .noneMatch(thread -> thread.getName().endsWith("-away")));
    }
  }

  private StuckSink stuckInThread(int thread, int threads) {
    StuckSink sink = ofThread(() -> new StuckSink(StuckSink.Call.ACCEPT), thread, threads);
    stuck.add(sink);
    return sink;
  }

  /** Sinks are shared out by their identity; if that changes, the test only sees fewer threads. */
  private static <T> T ofThread(Supplier<T> sinks, int thread, int threads) {
    return Stream.generate(sinks)
        .filter(sink -> Math.floorMod(System.identityHashCode(sink), threads) == thread)
        .findFirst()
        .orElseThrow();
  }

  private static void assertThatItIsHeard(PlatformFixture several, int thread, int threads) {
    CollectingSink other = ofThread(CollectingSink::new, thread, threads);
    Incarnation run = several.launch(other, "echo", "heard");
    several.await(PlatformReport.OutputEnded.class, run);
    assertThat(other.text()).isEqualTo("heard\n");
  }

  @Test
  void f32_closeWithSinksThatDoNotComeBack_isBounded_andClosesTheOthers() {
    StuckSink patient = stuckIn(StuckSink.Call.ACCEPT);
    StuckSink deaf = stuckIn(StuckSink.Call.ACCEPT).ignoringInterrupts();
    CollectingSink other = new CollectingSink();
    for (StuckSink sink : stuck) {
      var unused = fixture.launch(sink, "seq", "200000");
      fixture.await("the sink blocks", sink::isBlocked);
    }
    fixture.await(PlatformReport.OutputEnded.class, fixture.launch(other, "echo", "x"));

    fixture.close();

    assertThat(other.closed.get()).isEqualTo(1);
    // It was interrupted, and has taken what it was given.
    assertThat(patient.closed()).isEqualTo(1);
    assertThat(patient.overlaps()).isZero();
    assertThat(deaf.closed()).isZero();
    deaf.release();
    assertThat(deaf.awaitClose(Duration.ofSeconds(30))).as("it is closed by its thread").isTrue();
    assertThat(deaf.calls()).endsWith("close");
    assertThat(deaf.overlaps()).isZero();
    assertThat(NUMBERS).startsWith(deaf.text());
  }
}
