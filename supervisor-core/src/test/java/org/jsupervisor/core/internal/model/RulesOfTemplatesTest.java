package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.strategy.RestartStrategy;
import org.junit.jupiter.api.Test;

/** Supervisors with a template (OTP's simple_one_for_one): OTP rules 9, 23, 37, 59 and 76. */
class RulesOfTemplatesTest {
  private static final ChildTemplate TEMPLATE = ChildTemplate.of(Driver.permanent("any"));

  static SupervisorSpec.Builder pool(StandardRestartPolicy policy) {
    return Driver.supervisor("p", RestartStrategy.oneForOne())
        .withTemplate(ChildTemplate.of(Driver.worker("any", policy).build()));
  }

  /**
   * A tree with one ordinary child and a pool with these instances; each has its name as argument.
   */
  private static Driver started(SupervisorSpec.Builder pool, String... names) {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("x"), pool.build()));
    Stream.of(names).forEach(name -> start(d, name, "--name", name));
    d.trace();
    return d;
  }

  private static Driver permanent(String... names) {
    return started(pool(RestartPolicy.permanent()), names);
  }

  /** As the handle does it when it is let in. */
  static Driver start(Driver d, String name, String... arguments) {
    ChildTemplate template = ((SupervisorSpec) d.now("p").spec()).template().orElseThrow();
    ChildId id = ChildId.of("p/" + name);
    return d.define(template.instance(name, List.of(arguments)).at(id));
  }

  private static List<String> argv(Driver d, String id) {
    return ((ProcessSpec) d.now(id).spec()).command().argv();
  }

  @Test
  void r9_template_startsNothingAtFirst_andItsSupervisorIsUpAllTheSame() {
    Driver d = Driver.of(Driver.oneForOne(pool(RestartPolicy.permanent()).build()));
    assertThat(d.step(new Input.StartTree()).trace()).isEmpty();
    assertThat(d.now("p").ready()).isTrue();
    assertThat(d.model.isReady()).isTrue();
  }

  @Test
  void r9_everythingThatDoesNotGoWithATemplate_isRefusedAtOnce() {
    SupervisorSpec.Builder wrong =
        SupervisorSpec.builder("p")
            .withTemplate(TEMPLATE)
            .withStrategy(RestartStrategy.oneForAll())
            .withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT)
            .addChild(Driver.permanent("a"));
    assertThatThrownBy(wrong::build)
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("3 problems")
        .hasMessageContaining("must be one-for-one with a template")
        .hasMessageContaining("must be NEVER with a template")
        .hasMessageContaining("'a'");
  }

  @Test
  void r23_instances_areAskedAllAtOnce_andKilledWhenTheirCommonTimeIsOver() {
    Driver d = permanent("a", "b", "c").deaf("p/a").deaf("p/c").stopTree();
    assertThat(d.trace()).containsExactly("stop p/c", "stop p/b", "stop p/a", "end p/b");
    assertThat(d.pass(Driver.GRACE.minusNanos(1)).trace()).isEmpty();
    assertThat(d.pass(Duration.ofNanos(1)).orders()).isEqualTo("kill p/c, kill p/a, stop x");
    assertThat(d.isOver()).isTrue();
  }

  @Test
  void r23_orderOfTheStop_canBeChosen() {
    TeamStop oneByOne = TeamStop.defaults();
    Driver d = started(pool(RestartPolicy.permanent()).withStop(oneByOne), "a", "b").stopTree();
    assertThat(d.trace())
        .containsExactly("stop p/b", "end p/b", "stop p/a", "end p/a", "stop x", "end x");
  }

  @Test
  void r37_instance_isRestartedAlone_withTheArgumentsItWasStartedWith() {
    Driver d = permanent("a", "b").exits("p/a", 1);
    assertThat(d.orders()).isEqualTo("start p/a");
    assertThat(d.counted(ChildId.of("p"))).isEqualTo(1);
    assertThat(argv(d, "p/a")).containsExactly("program", "--name", "a");
    assertThat(argv(d, "p/b")).containsExactly("program", "--name", "b");
  }

  @Test
  void r37_limitOfTheSupervisor_isSharedByItsInstances() {
    Driver d = permanent("a", "b");
    for (int i = 0; i < 5; i++) {
      d.exits("p/a", 1).exits("p/b", 1);
    }
    assertThat(d.counted(ChildId.of("p"))).isEqualTo(10);
    d.exits("p/b", 1);
    assertThat(d.knows("p/a")).isFalse();
    assertThat(d.phase("p")).isEqualTo(Phase.RUNNING);
    assertThat(d.counted(ChildId.ROOT)).isEqualTo(1);
  }

  @Test
  void r59_down_keepsTheInstance_up_startsItAgainWithItsArguments_remove_freesItsName() {
    Driver d = permanent("a", "b").down("p/a");
    assertThat(d.trace()).containsExactly("stop p/a", "end p/a");
    assertThat(d.phase("p/a")).isEqualTo(Phase.DOWN);
    assertThat(d.up("p/a").orders()).isEqualTo("start p/a");
    assertThat(argv(d, "p/a")).containsExactly("program", "--name", "a");
    assertThat(d.remove("p/a").orders()).isEqualTo("stop p/a");
    assertThat(d.knows("p/a")).isFalse();
    assertThat(start(d, "a", "--other").orders()).isEqualTo("start p/a");
    assertThat(argv(d, "p/a")).containsExactly("program", "--other");
  }

  @Test
  void r59_reportOfARunThatWasReplaced_changesNothing() {
    Driver d = permanent("a");
    Input.Exited late = new Input.Exited(d.now("p/a").incarnation(), new ExitStatus.Exited(1));
    d.exits("p/a", 1);
    TreeModel before = d.model;
    d.step(late);
    assertThat(d.model).isEqualTo(before);
  }

  @Test
  void r66_supervisorThatIsStartedAgain_hasForgottenItsInstances() {
    Driver d = permanent("a", "b").restart("p");
    assertThat(d.orders()).isEqualTo("stop p/b, stop p/a");
    assertThat(d.now("p").ready()).isTrue();
    assertThat(d.now("p").team().order()).isEmpty();
    assertThat(start(d, "a").orders()).isEqualTo("start p/a");
  }

  @Test
  void r76_nothingOfATemporaryInstance_isKept() {
    Driver d = started(pool(RestartPolicy.temporary()), "a").exits("p/a", 1);
    assertThat(d.trace()).containsExactly("end p/a");
    assertThat(d.knows("p/a")).isFalse();
    assertThat(d.now("p").team().order()).isEmpty();
    start(d, "a", "--second");
    assertThat(argv(d, "p/a")).containsExactly("program", "--second");
  }
}
