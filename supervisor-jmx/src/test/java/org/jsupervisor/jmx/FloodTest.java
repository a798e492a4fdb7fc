package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.Notification;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under a flood of events single changes may be left out, but never the last state. */
final class FloodTest {
  private static final int SERVICES = 20;
  private static final int EVENTS = 10_000;
  private static final int ALL = 1_000_000;
  private static final List<Phase> PHASES =
      List.of(Phase.LAUNCHING, Phase.RUNNING, Phase.STOPPING, Phase.BACKOFF, Phase.QUARANTINED);

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main");
  private final List<ChildId> ids =
      IntStream.range(0, SERVICES).mapToObj(i -> ChildId.of("s" + i)).toList();

  /** What a listener has heard last of each service. */
  private final Map<String, String> lastHeard = new ConcurrentHashMap<>();

  private final Map<String, Long> lastSequence = new ConcurrentHashMap<>();
  private final AtomicLong heard = new AtomicLong();

  /** How many notifications the listener may take before it stands still. */
  private final Semaphore permits = new Semaphore(0);

  private Registration registration;

  @BeforeEach
  void register() throws JMException {
    ids.forEach(id -> put(id, Phase.DOWN));
    registration = SupervisorMBeans.register(supervisor, jmx.server());
    for (ChildId id : ids) {
      jmx.server()
          .addNotificationListener(
              JmxFixture.service(id.path()), (news, handback) -> hear(news), null, null);
    }
  }

  @AfterEach
  void close() {
    permits.release(ALL);
    registration.close();
  }

  private void hear(Notification news) {
    String bean = news.getSource().toString();
    long sequence = news.getSequenceNumber();
    assertThat(sequence).isEqualTo(lastSequence.getOrDefault(bean, 0L) + 1);
    lastSequence.put(bean, sequence);
    if (news instanceof AttributeChangeNotification change) {
      lastHeard.put(bean, (String) change.getNewValue());
    } else {
      lastHeard.put(bean, news.getType());
    }
    heard.incrementAndGet();
    awaitPermit();
  }

  private void awaitPermit() {
    try {
      assertThat(permits.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(ChildId id, Phase phase) {
    supervisor.put(Children.idle(id, Desire.UP, phase, new Due.Never()));
  }

  private void change(ChildId id, Phase from, Phase to) {
    put(id, to);
    supervisor.publish(new SupervisorEvent.PhaseChanged(id, from, to, "a flood"));
  }

  private Phase phase(ChildId id) {
    return supervisor.child(id).orElseThrow().phase();
  }

  /** Publishes changes of random services. */
  private void flood(Random random, List<ChildId> services) {
    for (int i = 0; i < EVENTS; i++) {
      ChildId id = services.get(random.nextInt(services.size()));
      Phase from = phase(id);
      Phase to = PHASES.get(random.nextInt(PHASES.size()));
      if (from != to) {
        change(id, from, to);
      }
    }
  }

  private String heardOf(ChildId id) {
    return lastHeard.getOrDefault(JmxFixture.service(id.path()).toString(), "nothing");
  }

  private void awaitTheLastStates() {
    JmxFixture.await(
        "the last state of each service, heard " + lastHeard,
        () -> ids.stream().allMatch(id -> heardOf(id).equals(phase(id).name())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void flood_againstAStuckListener_theLastStateOfEachServiceArrives(long seed) {
    change(ids.get(0), Phase.DOWN, Phase.LAUNCHING);
    JmxFixture.await("a listener that is stuck", () -> heard.get() == 1);
    flood(new Random(seed), ids);
    assertThat(jmx.engineProxy().getNotificationsWaiting()).isLessThanOrEqualTo(1024);

    permits.release(ALL);
    awaitTheLastStates();

    JmxFixture.await("all delivered", () -> jmx.engineProxy().getNotificationsWaiting() == 0);
    assertThat(jmx.engineProxy().getNotificationsDropped()).isPositive();
    assertThat(jmx.engineProxy().getCoalescedCount()).isPositive();
    assertThat(jmx.engineProxy().getNotificationsSent()).isEqualTo(heard.get());
    assertThat(jmx.supervisorProxy().getNotificationsDropped())
        .isEqualTo(jmx.engineProxy().getNotificationsDropped());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void flood_whileTheListenerGoesOn_theLastStateOfEachServiceArrives(long seed) {
    permits.release(ALL);

    flood(new Random(seed), ids);

    awaitTheLastStates();
  }

  @Test
  void eventsLostBeforeTheyCameHere_theLastStatesAreToldInOrderOfWhatWaits() {
    change(ids.get(0), Phase.DOWN, Phase.LAUNCHING);
    JmxFixture.await("a listener that is stuck", () -> heard.get() == 1);
    change(ids.get(1), Phase.DOWN, Phase.LAUNCHING);
    // This one the supervisor itself could not tell.
    put(ids.get(1), Phase.RUNNING);
    supervisor.lose(1);

    permits.release(ALL);

    JmxFixture.await("the newest state", () -> heardOf(ids.get(1)).equals("RUNNING"));
    assertThat(lastSequence.get(JmxFixture.service("s1").toString())).isEqualTo(2);
  }

  /** The others never leave off, so a queue that took whatever fits would never be empty. */
  @Test
  void floodThatNeverEnds_aStateThatWasDropped_isStillTold() {
    ChildId quiet = ids.get(0);
    change(ids.get(1), Phase.DOWN, Phase.LAUNCHING);
    JmxFixture.await("a listener that is stuck", () -> heard.get() == 1);
    flood(new Random(7), ids.subList(1, SERVICES));
    change(quiet, phase(quiet), Phase.FAILED);

    for (int i = 0; i < 3_000 && !heardOf(quiet).equals("FAILED"); i++) {
      long before = heard.get();
      permits.release();
      JmxFixture.await("the listener goes on", () -> heard.get() > before);
      // More than what the listener takes.
      change(ids.get(1), Phase.RUNNING, Phase.BACKOFF);
      change(ids.get(2), Phase.BACKOFF, Phase.RUNNING);
    }
    assertThat(heardOf(quiet)).isEqualTo("FAILED");
  }

  @Test
  void readiness_thatWasDropped_isTold() {
    ChildId id = ids.get(3);
    supervisor.put(Children.running(id));
    supervisor.lose(2);
    permits.release(ALL);

    JmxFixture.await("ready", () -> heardOf(id).equals("org.jsupervisor.service.ready"));
    assertThat(lastSequence.get(JmxFixture.service(id.path()).toString()))
        .as("the phase, then ready")
        .isEqualTo(2);
  }

  @Test
  void listenerThatThrowsAnError_whileTheLastStatesAreTold_theyAreToldNevertheless()
      throws JMException {
    jmx.server()
        .addNotificationListener(
            JmxFixture.service("s0"),
            (news, handback) -> {
              throw new LinkageError("a class of the listener is missing");
            },
            null,
            null);
    permits.release(ALL);
    ids.forEach(id -> put(id, Phase.LAUNCHING));
    supervisor.lose(1);

    awaitTheLastStates();
  }

  @Test
  void removal_thatWasDropped_isToldBeforeTheBeanGoes() {
    ChildId id = ids.get(5);
    supervisor.take(id);
    supervisor.lose(1);
    permits.release(ALL);

    JmxFixture.await("no bean", () -> !jmx.server().isRegistered(JmxFixture.service(id.path())));
    assertThat(heardOf(id)).isEqualTo("org.jsupervisor.service.removed");
  }

  @Test
  void phaseOfTheTree_thatWasDropped_isTold() throws JMException {
    jmx.server()
        .addNotificationListener(
            JmxFixture.supervisor(),
            (news, handback) ->
                lastHeard.put("tree", (String) ((AttributeChangeNotification) news).getNewValue()),
            null,
            null);
    supervisor.phase(TreePhase.STOPPING);
    supervisor.lose(1);

    JmxFixture.await("the tree", () -> "STOPPING".equals(lastHeard.get("tree")));
  }
}
