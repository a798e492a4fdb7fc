package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jsupervisor.core.internal.Allocation;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/**
 * What many children cost grows as their number does (rule R77), not as its square. It is measured
 * by the memory that is used on the way, which does not depend on how busy the machine is.
 */
class GrowthTest {
  private static final int FEW = 250;
  private static final int TIMES = 8;

  /** Linear is 8 times as much, the square 64 times. */
  private static final double GROWTH_MAX = 20;

  private static final TeamStop TOGETHER = TeamStop.defaults().withOrder(TeamStop.Order.TOGETHER);

  /** Measures what is made for a number of children. */
  private static void assertLinear(IntFunction<Runnable> work) {
    // At first what is loaded once only.
    long unused = bytesOf(work.apply(FEW));
    long few = bytesOf(work.apply(FEW));
    long many = bytesOf(work.apply(FEW * TIMES));
    assertThat((double) many / few).as("%d and %d bytes", few, many).isLessThan(GROWTH_MAX);
  }

  private static long bytesOf(Runnable work) {
    long before = Allocation.bytes();
    work.run();
    return Allocation.bytes() - before;
  }

  private static List<ChildSpec> children(int number) {
    List<ChildSpec> children = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      children.add(Driver.permanent("c" + i));
    }
    return children;
  }

  private static SupervisorSpec.Builder lead(RestartStrategy strategy, List<ChildSpec> children) {
    return Driver.supervisor("t", strategy, children.toArray(ChildSpec[]::new));
  }

  private static ChildSpec needing(String id, String on) {
    return Driver.worker(id, RestartPolicy.permanent())
        .addDependency(on, WhenLost.IS_RESTARTED)
        .build();
  }

  @Test
  void stopOfAllTogether() {
    assertLinear(
        number -> {
          Driver d =
              Driver.started(
                  lead(RestartStrategy.oneForOne(), children(number)).withStop(TOGETHER).build());
          return () -> assertThat(d.stopTree().isOver()).isTrue();
        });
  }

  @Test
  void stopOfAllWhoseTimeIsOver() {
    TeamStop bounded = TOGETHER.withStopWithin(Duration.ofSeconds(1));
    assertLinear(
        number -> {
          Driver d =
              Driver.started(
                  lead(RestartStrategy.oneForOne(), children(number)).withStop(bounded).build());
          for (int i = 0; i < number; i++) {
            d.deaf("c" + i);
          }
          d.stopTree();
          return () -> assertThat(d.pass(Duration.ofSeconds(1)).isOver()).isTrue();
        });
  }

  @Test
  void restartOfAllTogether() {
    assertLinear(
        number -> {
          Driver d =
              Driver.started(
                  lead(RestartStrategy.oneForAll(), children(number)).withStop(TOGETHER).build());
          return () -> assertThat(d.exits("c0", 1).model.isReady()).isTrue();
        });
  }

  @Test
  void definitionOfManyWhoDependOnOthers() {
    assertLinear(
        number -> {
          List<ChildSpec> chain = children(1);
          for (int i = 1; i < number; i++) {
            chain.add(needing("c" + i, "c" + (i - 1)));
          }
          SupervisorSpec spec = lead(RestartStrategy.oneForOne(), chain).build();
          Moment now = new Moment(0, 0.5);
          return () ->
              assertThat(TreeMachine.create(spec, TreeLimits.defaults(), now).model().size())
                  .isEqualTo(number);
        });
  }

  @Test
  void restartOfOneOnWhomManyDepend() {
    assertLinear(
        number -> {
          List<ChildSpec> star = children(1);
          for (int i = 1; i < number; i++) {
            star.add(needing("c" + i, "c0"));
          }
          Driver d = Driver.started(lead(RestartStrategy.oneForOne(), star).build());
          return () -> assertThat(d.exits("c0", 1).model.isReady()).isTrue();
        });
  }

  @Test
  void readinessOfManyBelowASupervisorThatIsNeeded() {
    assertLinear(
        number -> {
          SupervisorSpec.Builder below = SupervisorSpec.builder("s");
          for (int i = 0; i < number; i++) {
            below.addChild(
                Driver.worker("c" + i, RestartPolicy.permanent())
                    .withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(1)))
                    .build());
          }
          Driver d = Driver.started(Driver.oneForOne(below.build(), needing("x", "s")));
          return () -> assertThat(d.pass(Duration.ofSeconds(1)).model.isReady()).isTrue();
        });
  }

  @Test
  void endOfASupervisorWithManyAddedChildren() {
    assertLinear(
        number -> {
          Driver d = Driver.started(Driver.oneForOne(SupervisorSpec.builder("s").build()));
          for (int i = 0; i < number; i++) {
            ChildId id = ChildId.of("s/c" + i);
            d.define(Driver.permanent("c" + i).at(id));
          }
          return () -> assertThat(d.down("s").knows("s/c0")).isFalse();
        });
  }
}
