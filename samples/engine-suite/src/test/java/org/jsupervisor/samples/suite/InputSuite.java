package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.junit.jupiter.api.Test;

/** Children that read: what siblings write, and what the host writes. A feeds B. */
abstract class InputSuite extends EngineSuite {
  private static final Duration LONG = Duration.ofSeconds(50);
  private final List<SupervisorEvent> events = new CopyOnWriteArrayList<>();

  private ProcessSpec.Builder producer() {
    return child("a", Behaviour.RUNS).withOutput(OutputSpec.toChild("b"));
  }

  private ProcessSpec.Builder consumer(Behaviour behaviour) {
    return child("b", behaviour).withInput(InputSpec.fed()).withStop(byEndOfInput(LONG));
  }

  private static StopSpec byEndOfInput(Duration grace) {
    return new StopSpec(
        List.of(StopStep.endOfInput(grace), StopStep.of(Signal.TERM, LONG)), Duration.ofSeconds(2));
  }

  private Supervisor startHeard(TeamStop stop, ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite").withStop(stop);
    for (ProcessSpec.Builder child : children) {
      spec.addChild(child.build());
    }
    Supervisor tree = world.start(spec.build(), published -> events.add(published.event()));
    world.await(tree.ready());
    return tree;
  }

  private Supervisor startBoth() {
    return startHeard(TeamStop.defaults(), producer(), consumer(Behaviour.READS));
  }

  private List<String> told(Class<? extends SupervisorEvent> kind) {
    return events.stream()
        .filter(kind::isInstance)
        .filter(
            event ->
                !(event instanceof SupervisorEvent.SignalSent sent
                    && sent.signal().equals(Signal.CONT)))
        .map(event -> event.child() + " " + event.describe().replaceFirst(":.*", ""))
        .toList();
  }

  private static Exit lastExit(ChildSnapshot child) {
    return child.lastExits().get(0);
  }

  @Test
  void consumer_isStartedFirst_alsoIfItIsListedLast() {
    startBoth();

    assertThat(events.stream().filter(SupervisorEvent.Launched.class::isInstance))
        .extracting(SupervisorEvent::child)
        .containsExactly(B, A);
  }

  @Test
  void treeStops_consumerLast_byTheEndOfItsInput() {
    assertConsumerEndsLast(TeamStop.defaults());
  }

  @Test
  void treeStopsTogether_consumerLast_byTheEndOfItsInput() {
    assertConsumerEndsLast(TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER));
  }

  private void assertConsumerEndsLast(TeamStop stop) {
    Supervisor tree = startHeard(stop, producer(), consumer(Behaviour.READS));

    StopReport report = world.await(tree.stop("test"));

    assertThat(report.unkillable()).isEmpty();
    assertThat(events.stream().filter(SupervisorEvent.Ended.class::isInstance))
        .extracting(SupervisorEvent::child)
        .containsExactly(A, B);
    assertThat(lastExit(now(tree, B)).status()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(told(SupervisorEvent.SignalSent.class)).containsExactly("a sent TERM");
    assertThat(told(SupervisorEvent.InputEnded.class)).containsExactly("b ended its input");
  }

  @Test
  void consumerIsStoppedAlone_itsInputCannotEnd_soTheNextStepIsTaken() {
    Supervisor tree = startBoth();

    ChildSnapshot down = world.await(tree.down(B));

    assertThat(lastExit(down).status()).isEqualTo(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(told(SupervisorEvent.InputEnded.class)).isEmpty();
    assertThat(now(tree, A).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void producerIsDown_consumerIsStoppedByTheEndOfItsInput_andRunsAgain() {
    Supervisor tree = startBoth();
    world.await(tree.down(A));

    ChildSnapshot down = world.await(tree.down(B));
    assertThat(lastExit(down).status()).isEqualTo(new ExitStatus.Exited(0));

    world.await(tree.up(B));
    world.await(tree.up(A));
    assertThat(now(tree, B).lastExits()).hasSize(1);
    assertThat(now(tree, B).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void consumerThatDoesNotRead_getsTheNextStepWhenItsGraceIsOver() {
    Supervisor tree =
        startHeard(
            TeamStop.defaults(),
            producer(),
            consumer(Behaviour.RUNS).withStop(byEndOfInput(Duration.ofMillis(300))));
    world.await(tree.down(A));

    ChildSnapshot down = world.await(tree.down(B));

    assertThat(lastExit(down).status()).isEqualTo(new ExitStatus.Signalled(Signal.TERM, false));
    assertThat(told(SupervisorEvent.InputEnded.class)).containsExactly("b ended its input");
  }

  @Test
  void endOfTheConsumer_isNothingToTheProducer() {
    Supervisor tree = startBoth();

    world.kill(B);
    world.awaitUntil("B runs again", () -> isSecond(now(tree, B)));

    assertThat(run(now(tree, A))).hasValue(new Incarnation(A, 1));
    assertThat(now(tree, A).lastExits()).isEmpty();
  }

  @Test
  void endOfTheProducer_isNothingToTheConsumer() {
    Supervisor tree = startBoth();

    world.kill(A);
    world.awaitUntil("A runs again", () -> isSecond(now(tree, A)));

    assertThat(run(now(tree, B))).hasValue(new Incarnation(B, 1));
    assertThat(now(tree, B).lastExits()).isEmpty();
  }

  private static boolean isSecond(ChildSnapshot child) {
    return run(child).filter(run -> run.number() == 2).isPresent();
  }

  private static Optional<Incarnation> run(ChildSnapshot child) {
    return child.run() instanceof Run.Live live
        ? Optional.of(live.incarnation())
        : Optional.empty();
  }

  @Test
  void consumerThatIsFed_isNotRemoved_norMadeAnother() {
    Supervisor tree = startBoth();

    assertRefused(Refusal.NEEDED, () -> world.await(tree.remove(B)));
    assertRefused(
        Refusal.INVALID_SPEC, () -> world.await(tree.define(child("b", Behaviour.RUNS).build())));
    assertRefused(
        Refusal.INVALID_SPEC,
        () ->
            world.await(
                tree.define(
                    child("c", Behaviour.RUNS).withOutput(OutputSpec.toChild("a")).build())));
  }

  @Test
  void producerThatGoesAway_canBeFollowedByItsConsumer() {
    Supervisor tree = startBoth();

    world.await(tree.remove(A));
    ChildSnapshot last = world.await(tree.remove(B));

    assertThat(lastExit(last).status()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(tree.snapshot().children()).isEmpty();
  }

  @Test
  void writtenInput_endsTheRunThatItIsOf() {
    Supervisor tree = start(child("a", Behaviour.READS).withInput(InputSpec.written()));
    world.await(tree.ready());
    ChildInput first = tree.input(A).orElseThrow();

    assertThat(first.incarnation()).isEqualTo(new Incarnation(A, 1));
    assertThat(first.write(ByteBuffer.wrap(new byte[] {'x', '\n'}))).hasValue(2);
    first.close();
    world.awaitUntil("A runs again", () -> isSecond(now(tree, A)));

    assertThat(lastExit(now(tree, A)).status()).isEqualTo(new ExitStatus.Exited(0));
    assertThat(first.write(ByteBuffer.wrap(new byte[1]))).isEmpty();
    world.awaitUntil("A has an input again", () -> tree.input(A).isPresent());
    assertThat(tree.input(A).orElseThrow().write(ByteBuffer.wrap(new byte[1]))).hasValue(1);
  }

  @Test
  void childWithoutWrittenInput_hasNone() {
    Supervisor tree = startBoth();

    assertThat(tree.input(A)).isEmpty();
    assertThat(tree.input(B)).isEmpty();
  }
}
