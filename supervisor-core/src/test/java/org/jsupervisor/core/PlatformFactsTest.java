package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.ProcessFacts.Depth;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** What the handle asks the platform on the thread of its caller. */
class PlatformFactsTest {
  private static final ChildId C = ChildId.of("c");
  private static final ProcessFacts FACTS =
      new ProcessFacts(
          new Pid(7),
          ProcessFacts.State.SLEEPING,
          Instant.EPOCH,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          1,
          2,
          OptionalLong.empty(),
          OptionalInt.empty());
  private static final SelfTestReport REPORT =
      new SelfTestReport(
          List.of(new SelfTestReport.Check("umask", SelfTestReport.Outcome.FAILED, "0000")));

  private static final class Telling extends FakePlatform {
    final List<String> asked = new ArrayList<>();

    @Override
    public Optional<ProcessFacts> facts(Incarnation incarnation, Depth depth) {
      asked.add(incarnation + " " + depth);
      return Optional.of(FACTS);
    }

    @Override
    public SelfTestReport selfTest() {
      return REPORT;
    }
  }

  private static SupervisorSpec spec() {
    return SupervisorSpec.builder("facts")
        .addChild(SimulatedTree.child("c").withReadiness(ReadinessSpec.atLaunch()).build())
        .build();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void facts_areThoseOfTheCurrentRun_andOnlyIfThereIsAProcess() throws Exception {
    Telling platform = new Telling();
    try (Supervisor tree = SupervisorBuilder.of(spec(), platform).start()) {
      get(tree.ready());
      assertThat(tree.facts(C, Depth.CHEAP)).contains(FACTS);
      get(tree.restart(C, "test"));
      assertThat(tree.facts(C, Depth.FULL)).contains(FACTS);
      get(tree.down(C));

      assertThat(tree.facts(C, Depth.CHEAP)).isEmpty();
      assertThat(tree.facts(ChildId.of("no"), Depth.CHEAP)).isEmpty();
      assertThat(tree.facts(ChildId.ROOT, Depth.CHEAP)).isEmpty();
      assertThat(platform.asked).containsExactly("c#1 CHEAP", "c#2 FULL");
    }
  }

  @Test
  void selfTest_isThatOfThePlatform() {
    try (Supervisor tree = SupervisorBuilder.of(spec(), new Telling()).start()) {
      assertThat(tree.selfTest()).isEqualTo(REPORT);
      assertThat(tree.selfTest().passed()).isFalse();
    }
    try (Supervisor tree = SupervisorBuilder.of(spec(), new FakePlatform()).start()) {
      assertThat(tree.selfTest().checks()).isEmpty();
      assertThat(tree.selfTest().passed()).isTrue();
      assertThat(tree.facts(C, Depth.CHEAP)).isEmpty();
    }
  }
}
