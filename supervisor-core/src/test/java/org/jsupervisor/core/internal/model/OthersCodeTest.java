package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.policy.RestartHistory;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartQuestion;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies, strategies and limits are code of others: whatever they throw is an answer. */
class OthersCodeTest {
  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("bug"),
        new AssertionError("bug"),
        new NoClassDefFoundError("Gone"),
        new StackOverflowError(),
        new java.io.IOException("sneaky"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void policyThatThrows_leavesItsChildDown(Throwable failure) {
    Fixture f =
        Fixture.started(
                Fixture.child()
                    .withRestart(
                        question -> {
                          throw OthersCodeTest.<RuntimeException>sneaky(failure);
                        })
                    .build())
            .launched()
            .exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.FAILED);
    assertTold(f);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void strategyThatThrows_restartsTheFailedOneOnly(Throwable failure) {
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .withStrategy(
                    request -> {
                      throw OthersCodeTest.<RuntimeException>sneaky(failure);
                    })
                .addChild(Fixture.child().build())
                .build());
    f.launched().exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertTold(f);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void limitThatThrows_allowsTheRestart(Throwable failure) {
    Fixture f =
        Fixture.started(
            SupervisorSpec.builder("t")
                .withLimit(
                    (history, now) -> {
                      throw OthersCodeTest.<RuntimeException>sneaky(failure);
                    })
                .addChild(Fixture.child().build())
                .build());
    f.launched().exits(1);
    assertThat(f.now().phase()).isEqualTo(Phase.BACKOFF);
    assertThat(f.model.phase()).isEqualTo(TreePhase.RUNNING);
    assertTold(f);
  }

  /** A policy that decides well, but cannot say of which type it is. */
  private record Typeless(Throwable failure) implements RestartPolicy {
    @Override
    public RestartDecision decide(RestartQuestion question) {
      return new RestartDecision.Restart(Duration.ZERO, 1);
    }

    @Override
    public RestartType type() {
      throw OthersCodeTest.<RuntimeException>sneaky(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void policyWhoseTypeThrows_isThatOfAPermanentChild(Throwable failure) {
    Driver d =
        Driver.started(
            Driver.oneForAll(
                Driver.permanent("a"),
                ProcessSpec.builder("b", "program").withRestart(new Typeless(failure)).build()));
    assertThat(d.exits("a", 1).phase("b")).isEqualTo(Phase.RUNNING);
    assertThat(d.events)
        .anyMatch(
            event ->
                event instanceof SupervisorEvent.DecisionFailed failed
                    && failed.error().startsWith("the restart policy threw"));
  }

  /** A limit that allows nothing, and cannot say what it is. */
  private record Nameless(Throwable failure) implements RestartLimit {
    @Override
    public boolean allows(RestartHistory history, long nowNanos) {
      return false;
    }

    @Override
    public String toString() {
      throw OthersCodeTest.<RuntimeException>sneaky(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void limitThatCannotBeTold_isALimitAllTheSame(Throwable failure) {
    Driver d =
        Driver.started(
            Driver.supervisor("t", RestartStrategy.oneForOne(), Driver.permanent("a"))
                .withLimit(new Nameless(failure))
                .build());
    assertThat(d.exits("a", 1).isOver()).isTrue();
    assertThat(d.model.reason()).startsWith("more than " + Nameless.class.getName());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void limitOfTheTreeThatCannotBeTold_isALimitAllTheSame(Throwable failure) {
    Driver d =
        Driver.of(
                Driver.oneForOne(Driver.permanent("a")),
                TreeLimits.defaults().withRestarts(new Nameless(failure)))
            .step(new Input.StartTree());
    assertThat(d.exits("a", 1).isOver()).isTrue();
    assertThat(d.model.reason()).startsWith("more than " + Nameless.class.getName());
  }

  @Test
  @SuppressWarnings("NullAway")
  void decisionThatIsChargedToNull_leavesItsChildDown() {
    Driver d =
        Driver.started(
            Driver.oneForOne(
                ProcessSpec.builder("a", "program")
                    .withRestart(question -> new RestartDecision.Restart(Duration.ZERO, 1, null))
                    .build()));
    assertThat(d.exits("a", 1).phase("a")).isEqualTo(Phase.FAILED);
  }

  private static void assertTold(Fixture f) {
    assertThat(f.events).anyMatch(event -> event instanceof SupervisorEvent.DecisionFailed);
  }
}
