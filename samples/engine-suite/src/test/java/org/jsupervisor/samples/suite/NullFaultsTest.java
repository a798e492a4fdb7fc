package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.samples.suite.FaultFixture.RUNS;
import static org.jsupervisor.samples.suite.FaultFixture.child;

import java.time.Duration;
import java.util.function.Consumer;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.Test;

/**
 * A null is the caller's mistake: it may hurt the caller, never the engine and all its children.
 */
@SuppressWarnings("NullAway")
final class NullFaultsTest {
  private static final ChildId A = ChildId.of("a");

  /** The caller hears of the mistake in whatever way, and the tree goes on. */
  private static void assertSurvives(Consumer<Supervisor> mistake) {
    SupervisorSpec spec =
        SupervisorSpec.builder("nulls")
            .addChild(ProcessSpec.builder("a", "sleep", "1000").build())
            .build();
    try (Supervisor tree = SupervisorBuilder.of(spec, PosixPlatform.open()).start()) {
      var unused = tree.ready().toCompletableFuture().join();
      try {
        mistake.accept(tree);
      } catch (NullPointerException | IllegalArgumentException refused) {
        assertThat(refused).isNotNull();
      }
      // Done, or refused since the tree is over: operations of one thread are taken in order.
      var unusedToo = tree.restart(A, "after").handle((done, no) -> 0).toCompletableFuture().join();
      assertThat(tree.snapshot().phase()).isEqualTo(TreePhase.RUNNING);
    }
  }

  @Test
  void upOfNull_doesNotEndTheTree() {
    assertSurvives(tree -> tree.up(null));
  }

  @Test
  void definitionOfNull_doesNotEndTheTree() {
    assertSurvives(tree -> tree.define(null));
  }

  @Test
  void signalNull_doesNotEndTheTree() {
    assertSurvives(tree -> tree.signal(A, null));
  }

  /** Neither is it refused, nor does the tree ever stop. */
  @Test
  void stopForNull_isRefusedAtOnce() {
    assertSurvives(
        tree ->
            assertThatThrownBy(() -> tree.stop((String) null))
                .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class));
  }

  @Test
  void dependencyWithoutWhenLost_isRefusedWhenItIsGiven_orHarmless() {
    FaultFixture tree = new FaultFixture().program("db", RUNS).program("w", RUNS);
    try {
      tree.spec.addChild(child("db").build());
      tree.spec.addChild(child("w").addDependency("db", (WhenLost) null).build());
      Supervisor handle = tree.start();
      tree.platform.kill(ChildId.of("db"));
      tree.run(Duration.ofSeconds(5));
      assertThat(handle.snapshot().phase()).isEqualTo(TreePhase.RUNNING);
    } catch (NullPointerException | IllegalArgumentException refused) {
      assertThat(tree.platform.trace()).as("refused before anything was started").isEmpty();
    }
  }
}
