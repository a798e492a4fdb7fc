package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsupervisor.jmx.Children.WEB;

import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreePhase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the attributes tell, through the MBean server. */
final class AttributesTest {
  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main");
  private Registration registration;

  @AfterEach
  void close() {
    registration.close();
  }

  private void register(ChildSnapshot... children) {
    Arrays.stream(children).forEach(supervisor::put);
    registration = SupervisorMBeans.register(supervisor, jmx.server());
  }

  @Test
  void service_running_tellsItsSnapshot() {
    ChildSnapshot child = Children.running(WEB);
    register(child);

    ServiceMXBean web = jmx.serviceProxy("web");

    assertThat(web.getId()).isEqualTo("web");
    assertThat(web.getSupervisor()).isEqualTo(JmxFixture.supervisor());
    assertThat(web.getDesire()).isEqualTo(Desire.UP);
    assertThat(web.getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(web.isReady()).isTrue();
    assertThat(web.getReason()).isEqualTo("launched");
    assertThat(web.getPid()).isEqualTo(4711);
    assertThat(web.getIncarnation()).isEqualTo(3);
    assertThat(web.getGeneration()).isEqualTo(7);
    assertThat(web.isPaused()).isFalse();
    assertThat(web.getSinceMillis()).isEqualTo(child.since().toEpochMilli());
    assertThat(web.getNextChangeTime()).isNull();
    assertThat(web.getLaunchCount()).isEqualTo(3);
    assertThat(web.getLaunchFailureCount()).isEqualTo(1);
    assertThat(web.getExitCount()).isEqualTo(2);
    assertThat(web.getRestartCount()).isEqualTo(4);
    assertThat(web.getOutputLostBytes()).isEqualTo(77);
  }

  @Test
  void service_thatIsATask_hasARunButNoPid() {
    register(Children.task(WEB));

    ServiceMXBean web = jmx.serviceProxy("web");

    assertThat(web.getPid()).isNull();
    assertThat(web.getIncarnation()).isEqualTo(2);
    assertThat(web.getUptimeMillis()).as("by the system's clock").isPositive();
    assertThat(web.getLastExit().kind()).isEqualTo(ExitStatus.Kind.THREW);
    assertThat(web.getLastExit().code()).isNull();
  }

  @Test
  void service_withoutProcess_tellsNullAndNotASentinel() {
    Due.At due = new Due.At(FakeSupervisor.NOW.plusSeconds(5));
    register(Children.idle(WEB, Desire.UP, Phase.BACKOFF, due));

    ServiceMXBean web = jmx.serviceProxy("web");

    assertThat(web.getPid()).isNull();
    assertThat(web.getIncarnation()).isNull();
    assertThat(web.getUptimeMillis()).isZero();
    assertThat(web.getNextChangeTime()).isEqualTo(due.time().toEpochMilli());
    assertThat(web.getLastExit()).isNull();
    assertThat(web.getLastExits()).isEmpty();
  }

  @Test
  void template_isSeen_onTheServiceOrTheTree() {
    register(Children.running(WEB));

    assertThat(jmx.serviceProxy("web").isTemplate()).isFalse();
    assertThat(jmx.supervisorProxy().isTemplate()).isFalse();
    supervisor.giveTemplate(WEB);
    assertThat(jmx.serviceProxy("web").isTemplate()).isTrue();
    supervisor.giveTemplate(ChildId.ROOT);
    assertThat(jmx.supervisorProxy().isTemplate()).isTrue();
  }

  @Test
  void enums_readRaw_areStrings() {
    register(Children.running(WEB));

    assertThat(jmx.attribute(JmxFixture.service("web"), "Phase")).isEqualTo("RUNNING");
    assertThat(jmx.attribute(JmxFixture.service("web"), "Desire")).isEqualTo("UP");
    assertThat(jmx.attribute(JmxFixture.supervisor(), "Phase")).isEqualTo("RUNNING");
  }

  @Test
  void lastExits_eachKind_keepsItsFactsApart() {
    List<Exit> exits =
        List.of(Children.neverStarted(WEB, 3), Children.killed(WEB, 2), Children.exited(WEB, 1));
    register(
        new ChildSnapshot(
            WEB,
            Desire.UP,
            Phase.FAILED,
            false,
            FakeSupervisor.NOW,
            "gave up",
            new Run.None(),
            new Due.Never(),
            Counters.ZERO,
            exits,
            1,
            false,
            ""));

    ServiceMXBean web = jmx.serviceProxy("web");

    assertThat(web.getLastExit()).isEqualTo(web.getLastExits()[0]);
    assertThat(web.getLastExits())
        .containsExactly(
            new ExitReport(
                3,
                ExitStatus.Kind.NEVER_STARTED,
                null,
                null,
                false,
                ExitCause.LAUNCH_FAILED,
                0,
                "could not be started: ENOENT: program 'webd' does not exist",
                null,
                null,
                null,
                null,
                null,
                null,
                null),
            new ExitReport(
                2,
                ExitStatus.Kind.SIGNALLED,
                null,
                "ABRT",
                true,
                ExitCause.ASKED_TO_STOP,
                1_000,
                "killed by signal ABRT (core dumped) as asked after 1.0 s",
                null,
                null,
                null,
                null,
                null,
                null,
                null),
            new ExitReport(
                1,
                ExitStatus.Kind.EXITED,
                3,
                null,
                false,
                ExitCause.BY_ITSELF,
                5_200,
                "exit code 3 after 5.2 s",
                1_250L,
                100L,
                64_000_000L,
                7L,
                0L,
                3L,
                2L));
    CompositeData raw = (CompositeData) jmx.attribute(JmxFixture.service("web"), "LastExit");
    assertThat(raw.get("kind")).isEqualTo("NEVER_STARTED");
    assertThat(raw.get("code")).isNull();
  }

  @Test
  void processFacts_ofAProcess_areTheCheapOnes_andMeasureHasAll() throws JMException {
    register(Children.running(WEB), Children.down(ChildId.of("idle")));
    ServiceMXBean web = jmx.serviceProxy("web");
    long pid = web.getPid();
    long started = FakeSupervisor.NOW.toEpochMilli();
    ProcessFacts.State stopped = ProcessFacts.State.STOPPED;

    assertThat(web.getProcessFacts())
        .isEqualTo(new ProcessReport(pid, stopped, started, 9_000, 1_500, 20, 3, 4096, null, null));
    assertThat(web.measure())
        .isEqualTo(new ProcessReport(pid, stopped, started, 9_000, 1_500, 20, 3, 4096, 2048L, 5));
    assertThat(jmx.serviceProxy("idle").getProcessFacts()).isNull();
    assertThat(jmx.serviceProxy("idle").measure()).isNull();
    CompositeData raw = (CompositeData) jmx.attribute(JmxFixture.service("web"), "ProcessFacts");
    assertThat(raw.get("state")).isEqualTo("STOPPED");
  }

  @Test
  void destinations_areTold_andEnumsAreStrings() {
    register(Children.running(WEB), Children.down(ChildId.of("idle")));

    assertThat(jmx.serviceProxy("web").getDestinations())
        .containsExactly(
            new DestinationReport(
                "log/web", DestinationSnapshot.State.FAILING, 4096, 17, "No space left"));
    assertThat(jmx.serviceProxy("idle").getDestinations()).isEmpty();
    CompositeData[] raw =
        (CompositeData[]) jmx.attribute(JmxFixture.service("web"), "Destinations");
    assertThat(raw[0].get("state")).isEqualTo("FAILING");
  }

  @Test
  void tail_isALineForEachLine_withItsRun() {
    register(Children.running(WEB), Children.down(ChildId.of("idle")));

    assertThat(jmx.serviceProxy("web").tail()).containsExactly("3: ready", "3 stderr: \\x1b[2J");
    assertThat(jmx.serviceProxy("idle").tail()).isEmpty();
  }

  @Test
  void selfTest_isALineForEachCheck() {
    register(Children.running(WEB));

    assertThat(jmx.supervisorProxy().selfTest())
        .containsExactly("PASSED start: pid 7", "FAILED umask: 0000");
  }

  @Test
  void attributes_whenChildIsJustRemoved_tellTheLastKnownState() throws JMException {
    register(Children.running(WEB));
    jmx.serviceProxy("web").getPhase();

    supervisor.take(WEB);

    MBeanAttributeInfo[] all = jmx.server().getMBeanInfo(JmxFixture.service("web")).getAttributes();
    String[] names = Arrays.stream(all).map(MBeanAttributeInfo::getName).toArray(String[]::new);
    assertThat(jmx.server().getAttributes(JmxFixture.service("web"), names)).hasSize(names.length);
    assertThat(jmx.serviceProxy("web").getPhase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void attributes_all_areReadable() throws JMException {
    register(Children.running(WEB), Children.down(ChildId.of("idle")));

    for (ObjectName bean : registration.names()) {
      for (MBeanAttributeInfo attribute : jmx.server().getMBeanInfo(bean).getAttributes()) {
        jmx.attribute(bean, attribute.getName());
      }
    }
    assertThat(registration.names()).hasSize(3 + 2 * 3);
  }

  @Test
  void supervisor_withChildrenInManyPhases_counts() {
    Due never = new Due.Never();
    register(
        Children.running(WEB),
        Children.down(ChildId.of("idle")),
        Children.idle(ChildId.of("waits"), Desire.UP, Phase.BACKOFF, never),
        Children.idle(ChildId.of("aside"), Desire.UP, Phase.QUARANTINED, never),
        Children.idle(ChildId.of("broken"), Desire.UP, Phase.FAILED, never),
        Children.idle(ChildId.of("stuck"), Desire.DOWN, Phase.UNKILLABLE, never));

    SupervisorMXBean tree = jmx.supervisorProxy();

    assertThat(tree.getName()).isEqualTo("main");
    assertThat(tree.getPhase()).isEqualTo(TreePhase.RUNNING);
    assertThat(tree.getReason()).isEqualTo("as the test says");
    assertThat(tree.isReady()).isFalse();
    assertThat(tree.getChildCount()).isEqualTo(6);
    assertThat(tree.getUpCount()).isEqualTo(4);
    assertThat(tree.getRunningCount()).isEqualTo(1);
    assertThat(tree.getReadyCount()).isEqualTo(1);
    assertThat(tree.getBackoffCount()).isEqualTo(1);
    assertThat(tree.getQuarantinedCount()).isEqualTo(1);
    assertThat(tree.getFailedCount()).isEqualTo(1);
    assertThat(tree.getUnkillableCount()).isEqualTo(1);
    assertThat(tree.getMissingServiceCount()).isZero();
    assertThat(tree.getNotificationsDropped()).isZero();
    assertThat(tree.getServiceNames())
        .startsWith(JmxFixture.service("web"), JmxFixture.service("idle"))
        .hasSize(6);
  }
}
