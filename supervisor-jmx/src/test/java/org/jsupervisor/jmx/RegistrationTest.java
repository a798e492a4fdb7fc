package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jsupervisor.jmx.Children.WEB;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.ObjectName;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;

/** Beans come and go with the children, and nothing is left behind. */
final class RegistrationTest {
  private static final ChildId CACHE = ChildId.of("cache");

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));

  @Test
  void names_areBuiltInTheDocumentedOrder() {
    supervisor.put(Children.down(ChildId.of("group/worker@1")));
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      assertThat(registration.supervisorName().toString())
          .isEqualTo("org.jsupervisor:type=Supervisor,name=main");
      assertThat(registration.names())
          .extracting(Object::toString)
          .containsExactly(
              "org.jsupervisor:type=Supervisor,name=main",
              "org.jsupervisor:type=Engine,supervisor=main",
              "org.jsupervisor:type=Platform,supervisor=main",
              "org.jsupervisor:type=Service,supervisor=main,name=web,view=Log",
              "org.jsupervisor:type=Service,supervisor=main,name=web,view=Health",
              "org.jsupervisor:type=Service,supervisor=main,name=web",
              "org.jsupervisor:type=Service,supervisor=main.group,name=worker@1,view=Log",
              "org.jsupervisor:type=Service,supervisor=main.group,name=worker@1,view=Health",
              "org.jsupervisor:type=Service,supervisor=main.group,name=worker@1");
      assertThat(jmx.ours()).containsExactlyInAnyOrderElementsOf(registration.names());
    }
  }

  @Test
  void close_anyTime_leavesNothing() {
    Registration registration = SupervisorMBeans.register(supervisor, jmx.server());

    registration.close();
    registration.close();

    assertThat(jmx.ours()).isEmpty();
    assertThat(registration.names()).isEmpty();
    assertThat(supervisor.listeners()).isZero();
    JmxFixture.await("no courier", () -> !JmxFixture.courierLives("main"));
  }

  @Test
  void register_again_afterClose_works() {
    SupervisorMBeans.register(supervisor, jmx.server()).close();

    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      assertThat(registration.names()).hasSize(3 + 3);
    }
  }

  @Test
  void register_platformServer_isSeenThere() {
    FakeSupervisor other = new FakeSupervisor("RegistrationTest");
    try (Registration registration = SupervisorMBeans.register(other)) {
      assertThat(
              ManagementFactory.getPlatformMBeanServer()
                  .isRegistered(registration.supervisorName()))
          .isTrue();
    }
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .queryNames(JmxFixture.name("org.jsupervisor:*"), null))
        .isEmpty();
  }

  @Test
  void register_inTwoServers_areIndependent() {
    JmxFixture second = new JmxFixture();
    try (Registration kept = SupervisorMBeans.register(supervisor, second.server())) {
      SupervisorMBeans.register(supervisor, jmx.server()).close();

      assertThat(second.ours()).containsExactlyInAnyOrderElementsOf(kept.names()).hasSize(3 + 3);
    }
  }

  @Test
  void register_nameTaken_isRefusedAndUndone() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      FakeSupervisor twin = new FakeSupervisor("main");

      assertThatIllegalStateException()
          .isThrownBy(() -> SupervisorMBeans.register(twin, jmx.server()))
          .withMessageContaining("'org.jsupervisor:type=Supervisor,name=main' is taken");

      assertThat(twin.listeners()).isZero();
      assertThat(jmx.ours()).containsExactlyInAnyOrderElementsOf(registration.names());
    }
  }

  @Test
  void register_nameOfAChildTaken_isRefusedAndUndone() {
    supervisor.put(Children.down(ChildId.of("a.b/c")));
    supervisor.put(Children.down(ChildId.of("a/b/c")));

    assertThatIllegalStateException()
        .isThrownBy(() -> SupervisorMBeans.register(supervisor, jmx.server()))
        .withMessageContaining("supervisor=main.a.b,name=c,view=Log' is taken");

    assertThat(jmx.ours()).isEmpty();
    assertThat(supervisor.listeners()).isZero();
  }

  @Test
  void register_nameNotFitForObjectName_isRefused() {
    FakeSupervisor odd = new FakeSupervisor("main,type=Other");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisorMBeans.register(odd, jmx.server()))
        .withMessageContaining("main,type=Other");
    assertThat(odd.listeners()).isZero();
  }

  @Test
  void child_definedAndRemoved_itsBeanComesAndGoes() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      supervisor.define(Children.down(CACHE));
      awaitBean("cache");
      assertThat(jmx.serviceProxy("cache").getPhase()).isEqualTo(Phase.DOWN);
      assertThat(jmx.supervisorProxy().getServiceNames())
          .containsExactly(JmxFixture.service("web"), JmxFixture.service("cache"));

      supervisor.forget(CACHE);
      awaitNoBean("cache");
      assertThat(withoutViews(registration))
          .containsExactly(JmxFixture.supervisor(), JmxFixture.service("web"));
    }
  }

  @Test
  void child_definedBetweenSubscriptionAndSnapshot_hasOneBean() {
    supervisor.whenSubscribed(
        () -> {
          supervisor.define(Children.down(CACHE));
          supervisor.forget(WEB);
        });
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      assertThat(withoutViews(registration))
          .containsExactly(JmxFixture.supervisor(), JmxFixture.service("cache"));
      supervisor.define(Children.running(WEB));
      awaitBean("web");
      assertThat(registration.names()).hasSize(3 + 2 * 3);
    }
  }

  @Test
  void child_removedAndDefinedAgain_keepsABean() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      supervisor.take(WEB);
      supervisor.put(Children.down(WEB));
      supervisor.publish(new SupervisorEvent.Removed(WEB));
      supervisor.publish(new SupervisorEvent.Defined(WEB));
      supervisor.define(Children.down(CACHE));
      awaitBean("cache");

      assertThat(registration.names()).contains(JmxFixture.service("web"));
      assertThat(jmx.serviceProxy("web").getDesire()).isEqualTo(Desire.DOWN);
    }
  }

  @Test
  void child_whoseNameIsTaken_isCountedAsMissingAndOthersGoOn() {
    supervisor.put(Children.down(ChildId.of("a.b/c")));
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      supervisor.define(Children.down(ChildId.of("a/b/c")));
      supervisor.define(Children.down(CACHE));
      awaitBean("cache");

      assertThat(jmx.supervisorProxy().getMissingServiceCount()).isEqualTo(1);
      assertThat(registration.names()).hasSize(3 + 3 * 3);
    }
  }

  @Test
  void events_lost_beansAreComparedWithTheTree() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      supervisor.put(Children.down(CACHE));
      supervisor.take(WEB);
      supervisor.lose(7);

      awaitBean("cache");
      awaitNoBean("web");
      assertThat(withoutViews(registration))
          .containsExactly(JmxFixture.supervisor(), JmxFixture.service("cache"));
      assertThat(jmx.supervisorProxy().getNotificationsDropped()).isEqualTo(7);
    }
  }

  @Test
  void children_addedAndRemovedAThousandTimes_leaveNoBean() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      for (int i = 0; i < 1_000; i++) {
        ChildId id = ChildId.of("job-" + i);
        supervisor.define(Children.running(id));
        awaitBean(id.path());
        supervisor.forget(id);
      }
      awaitNoBean("job-999");

      assertThat(withoutViews(registration))
          .containsExactly(JmxFixture.supervisor(), JmxFixture.service("web"));
      assertThat(jmx.ours()).hasSize(3 + 3);
    }
    assertThat(jmx.ours()).isEmpty();
  }

  @Test
  void children_comingFasterThanBeans_leaveNoBean() {
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server())) {
      for (int i = 0; i < 5_000; i++) {
        ChildId id = ChildId.of("job-" + i);
        supervisor.define(Children.running(id));
        supervisor.publish(new SupervisorEvent.Ended(Children.exited(id, 3)));
        supervisor.forget(id);
      }
      supervisor.define(Children.down(CACHE));

      awaitBean("cache");
      JmxFixture.await("all jobs gone", () -> registration.names().size() == 3 + 2 * 3);
    }
    assertThat(jmx.ours()).isEmpty();
  }

  /** The tree's bean and those of the services. */
  private static List<ObjectName> withoutViews(Registration registration) {
    return registration.names().stream()
        .filter(name -> name.getKeyProperty("view") == null)
        .filter(name -> name.getKeyProperty("type").matches("Supervisor|Service"))
        .toList();
  }

  private void awaitBean(String child) {
    JmxFixture.await(
        "bean of " + child, () -> jmx.server().isRegistered(JmxFixture.service(child)));
  }

  private void awaitNoBean(String child) {
    JmxFixture.await(
        "no bean of " + child, () -> !jmx.server().isRegistered(JmxFixture.service(child)));
  }
}
