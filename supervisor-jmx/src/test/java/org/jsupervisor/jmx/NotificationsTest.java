package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.jmx.Children.WEB;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.WishOrigin;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What JMX listeners hear, and that they cannot hurt the supervisor. */
final class NotificationsTest {
  private static final Incarnation RUN = new Incarnation(WEB, 3);

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));
  private final List<Notification> heard = new CopyOnWriteArrayList<>();
  private Registration registration;

  @BeforeEach
  void register() {
    registration = SupervisorMBeans.register(supervisor, jmx.server());
  }

  @AfterEach
  void close() {
    registration.close();
  }

  private void listen(ObjectName bean) {
    try {
      jmx.server().addNotificationListener(bean, (news, handback) -> heard.add(news), null, null);
    } catch (JMException failure) {
      throw new AssertionError(failure);
    }
  }

  private void awaitHeard(int count) {
    JmxFixture.await(count + " notifications, heard " + heard, () -> heard.size() >= count);
  }

  @Test
  void life_ofAService_isToldInOrder() {
    listen(JmxFixture.service("web"));

    supervisor.publish(
        new SupervisorEvent.DesireChanged(WEB, Desire.UP, WishOrigin.ASKED, "not told"));
    supervisor.publish(new SupervisorEvent.Launched(RUN, new Pid(4711)));
    supervisor.publish(
        new SupervisorEvent.PhaseChanged(WEB, Phase.LAUNCHING, Phase.RUNNING, "launched"));
    supervisor.publish(new SupervisorEvent.Ready(RUN));
    supervisor.publish(new SupervisorEvent.Ended(Children.exited(WEB, 3)));
    supervisor.publish(
        new SupervisorEvent.GaveUp(WEB, new RestartDecision.StayDown("too many restarts")));
    supervisor.forget(WEB);
    awaitHeard(6);

    assertThat(heard)
        .extracting(Notification::getType)
        .containsExactly(
            "org.jsupervisor.service.launched",
            "jmx.attribute.change",
            "org.jsupervisor.service.ready",
            "org.jsupervisor.service.ended",
            "org.jsupervisor.service.gaveup",
            "org.jsupervisor.service.removed");
    assertThat(heard)
        .extracting(Notification::getSequenceNumber)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 6).boxed().toList());
    assertThat(heard)
        .allSatisfy(
            news -> {
              assertThat(news.getSource()).isEqualTo(JmxFixture.service("web"));
              assertThat(news.getTimeStamp()).isEqualTo(FakeSupervisor.NOW.toEpochMilli());
              assertThat(news.getMessage()).startsWith("service 'web': ");
            });
    assertThat(heard.get(0).getUserData()).isEqualTo(4711L);
  }

  @Test
  void lifeOfATask_isToldLikeThatOfAProcess_withoutAPid() {
    listen(JmxFixture.service("web"));

    supervisor.publish(new SupervisorEvent.TaskStarted(RUN));
    supervisor.publish(new SupervisorEvent.Interrupted(RUN, "not told"));
    supervisor.publish(new SupervisorEvent.Ended(Children.threw(WEB, 1)));
    awaitHeard(2);

    assertThat(heard.get(0).getType()).isEqualTo("org.jsupervisor.service.launched");
    assertThat(heard.get(0).getMessage()).isEqualTo("service 'web': started as a task");
    assertThat(heard.get(0).getUserData()).isNull();
    CompositeData end = (CompositeData) heard.get(1).getUserData();
    assertThat(end.get("kind")).isEqualTo("THREW");
    assertThat(end.get("code")).isNull();
    assertThat(end.get("description")).isEqualTo("threw java.io.IOException: no route after 1.0 s");
  }

  @Test
  void phaseChange_isAnAttributeChangeWithStrings() {
    listen(JmxFixture.service("web"));

    supervisor.publish(
        new SupervisorEvent.PhaseChanged(WEB, Phase.RUNNING, Phase.BACKOFF, "exit code 3"));
    awaitHeard(1);

    AttributeChangeNotification change = (AttributeChangeNotification) heard.get(0);
    assertThat(change.getAttributeName()).isEqualTo("Phase");
    assertThat(change.getAttributeType()).isEqualTo("java.lang.String");
    assertThat(change.getOldValue()).isEqualTo("RUNNING");
    assertThat(change.getNewValue()).isEqualTo("BACKOFF");
    assertThat(change.getMessage()).isEqualTo("service 'web': RUNNING -> BACKOFF: exit code 3");
  }

  @Test
  void end_carriesTheSameDataAsTheAttribute() {
    listen(JmxFixture.service("web"));

    supervisor.publish(new SupervisorEvent.Ended(Children.killed(WEB, 2)));
    awaitHeard(1);

    CompositeData told = (CompositeData) heard.get(0).getUserData();
    assertThat(told).isEqualTo(jmx.attribute(JmxFixture.service("web"), "LastExit"));
    assertThat(heard.get(0).getMessage())
        .isEqualTo("service 'web': killed by signal ABRT (core dumped) as asked after 1.0 s");
  }

  @Test
  void tree_phaseAndGivingUp_areToldByItsOwnBean() {
    listen(JmxFixture.supervisor());

    supervisor.publish(
        new SupervisorEvent.GaveUp(ChildId.ROOT, new RestartDecision.Escalate("too many")));
    supervisor.publish(
        new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "asked"));
    awaitHeard(2);

    assertThat(heard)
        .extracting(Notification::getType)
        .containsExactly("org.jsupervisor.supervisor.gaveup", "jmx.attribute.change");
    assertThat(heard.get(1).getMessage()).isEqualTo("supervisor: tree RUNNING -> STOPPING: asked");
  }

  @Test
  void newService_listenerThatComesWithItsBean_hearsAllOfItsLife() throws JMException {
    ObjectName cache = JmxFixture.service("cache");
    jmx.server()
        .addNotificationListener(
            JmxFixture.name("JMImplementation:type=MBeanServerDelegate"),
            (news, handback) -> {
              if (news.getType().equals("JMX.mbean.registered")
                  && ((MBeanServerNotification) news).getMBeanName().equals(cache)) {
                listen(cache);
              }
            },
            null,
            null);

    ChildId id = ChildId.of("cache");
    supervisor.define(Children.running(id));
    supervisor.publish(new SupervisorEvent.Ready(new Incarnation(id, 3)));
    awaitHeard(1);
    supervisor.forget(id);
    awaitHeard(2);

    assertThat(heard)
        .extracting(Notification::getType)
        .containsExactly("org.jsupervisor.service.ready", "org.jsupervisor.service.removed");
  }

  @Test
  void slowListener_dropsAreCountedAndTheNotifierIsNeverHeldUp() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    holdUpTheCourier(release);

    // The courier is stuck in the listener: 1,024 wait, the other 976 are dropped.
    for (int i = 0; i < 2_000; i++) {
      supervisor.publish(new SupervisorEvent.Ready(RUN));
    }
    supervisor.define(Children.down(ChildId.of("cache")));

    assertThat(jmx.supervisorProxy().getNotificationsDropped()).isEqualTo(977);
    release.countDown();
    JmxFixture.await(
        "the bean whose event was dropped",
        () -> jmx.server().isRegistered(JmxFixture.service("cache")));
  }

  @Test
  void failingListener_isCountedAndOthersGoOn() throws JMException {
    jmx.server()
        .addNotificationListener(
            JmxFixture.service("web"),
            (news, handback) -> {
              throw new AssertionError("a listener that is broken");
            },
            null,
            null);
    listen(JmxFixture.supervisor());

    supervisor.publish(new SupervisorEvent.Ready(RUN));
    supervisor.publish(
        new SupervisorEvent.TreePhaseChanged(TreePhase.RUNNING, TreePhase.STOPPING, "asked"));
    awaitHeard(1);

    assertThat(jmx.supervisorProxy().getNotificationsDropped()).isEqualTo(1);
  }

  @Test
  void close_byAListener_doesNotWaitForItself() throws JMException {
    jmx.server()
        .addNotificationListener(
            JmxFixture.service("web"), (news, handback) -> registration.close(), null, null);

    supervisor.publish(new SupervisorEvent.Ready(RUN));

    JmxFixture.await("all gone", () -> jmx.ours().isEmpty());
    JmxFixture.await("no courier", () -> !JmxFixture.courierLives("main"));
  }

  @Test
  void close_withAStuckListener_isBoundedAndLeavesNothing() throws Exception {
    holdUpTheCourier(new CountDownLatch(1));

    long before = System.nanoTime();
    registration.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    assertThat(jmx.ours()).isEmpty();
    JmxFixture.await("no courier", () -> !JmxFixture.courierLives("main"));
  }

  /** In a listener, which gets an event of its own for it. */
  private void holdUpTheCourier(CountDownLatch release) throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    jmx.server()
        .addNotificationListener(
            JmxFixture.service("web"),
            (news, handback) -> {
              stuck.countDown();
              awaitQuietly(release);
            },
            null,
            null);
    supervisor.publish(new SupervisorEvent.Ready(RUN));
    assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
