package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.SupervisorSpec;
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

  private static void assertTold(Fixture f) {
    assertThat(f.events).anyMatch(event -> event instanceof SupervisorEvent.DecisionFailed);
  }
}
