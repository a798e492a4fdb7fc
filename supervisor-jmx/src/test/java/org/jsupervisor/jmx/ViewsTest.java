package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jsupervisor.jmx.Children.WEB;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the health of a service and the beans of engine and platform tell; its log is in {@link
 * LogViewTest}.
 */
final class ViewsTest {
  private static final ChildId CACHE = ChildId.of("cache");

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor =
      new FakeSupervisor("main")
          .put(Children.running(WEB))
          .put(Children.idle(CACHE, Desire.UP, Phase.QUARANTINED, new Due.Never()));
  private final Registration registration = SupervisorMBeans.register(supervisor, jmx.server());

  @AfterEach
  void close() {
    registration.close();
  }

  private ServiceHealthMXBean health(String service) {
    return jmx.proxy(
        JmxFixture.name(JmxFixture.service(service) + ",view=Health"), ServiceHealthMXBean.class);
  }

  private static ProcessSpec.Builder web() {
    return ProcessSpec.builder("web", "webd", "--password=geheim");
  }

  @Test
  void views_areNamedByTheirBeans() {
    assertThat(jmx.serviceProxy("web").getViews())
        .extracting(Object::toString)
        .containsExactly(
            JmxFixture.service("web") + ",view=Log", JmxFixture.service("web") + ",view=Health");
    assertThat(jmx.supervisorProxy().getViews())
        .extracting(Object::toString)
        .containsExactly(
            "org.jsupervisor:type=Engine,supervisor=main",
            "org.jsupervisor:type=Platform,supervisor=main");
    assertThat(registration.names())
        .contains(jmx.serviceProxy("web").getViews())
        .contains(jmx.supervisorProxy().getViews());
    assertThat(health("web").getService()).isEqualTo(JmxFixture.service("web"));
  }

  @Test
  void health_withAProbeAndAWatchdog_tellsTheRules_andNoArguments() {
    supervisor.define(
        WEB,
        web()
            .withReadiness(
                ReadinessSpec.probed(Probe.command("check", "--token=geheim"))
                    .withInterval(Duration.ofSeconds(2))
                    .withTimeout(Duration.ofSeconds(3))
                    .withReadyWithin(Duration.ofSeconds(4)))
            .withRestart(RestartPolicy.permanent())
            .withWatchdog(Watchdog.every(Duration.ofSeconds(5)))
            .build());

    ServiceHealthMXBean web = health("web");

    assertThat(web.isAsWanted()).isTrue();
    assertThat(web.isReady()).isTrue();
    assertThat(web.getStatus()).isEmpty();
    assertThat(web.getReadiness()).isEqualTo(ReadinessSpec.Kind.PROBED);
    assertThat(web.getReadyWithinMillis()).isEqualTo(4_000);
    assertThat(web.getProbeKind()).isEqualTo(Probe.Kind.COMMAND);
    assertThat(web.getProbe()).isEqualTo("command check (+ 1 arguments)");
    assertThat(web.getProbeIntervalMillis()).isEqualTo(2_000);
    assertThat(web.getProbeTimeoutMillis()).isEqualTo(3_000);
    assertThat(web.getWatchdogMillis()).isEqualTo(5_000);
    assertThat(web.getStartTimeoutCount()).isEqualTo(1);
    assertThat(web.getWatchdogCount()).isEqualTo(1);
    assertThat(web.getRestartType()).isEqualTo(RestartType.PERMANENT);
  }

  @Test
  void health_ofWhatHasNoRules_tellsNull() {
    ServiceHealthMXBean cache = health("cache");

    assertThat(cache.isAsWanted()).isFalse();
    assertThat(cache.getReadiness()).isNull();
    assertThat(cache.getReadyWithinMillis()).isNull();
    assertThat(cache.getProbeKind()).isNull();
    assertThat(cache.getProbe()).isNull();
    assertThat(cache.getWatchdogMillis()).isNull();
    assertThat(cache.getRestartType()).isNull();
  }

  @Test
  void dependencies_areToldOnBothSides() {
    supervisor.define(CACHE, ProcessSpec.builder("cache", "cached").build());
    supervisor.define(WEB, web().addDependency("cache", WhenLost.IS_RESTARTED).build());

    assertThat(jmx.serviceProxy("web").getDependencies())
        .containsExactly(
            new DependencyReport(
                "cache",
                JmxFixture.service("cache"),
                WhenLost.IS_RESTARTED,
                Phase.QUARANTINED,
                false));
    assertThat(jmx.serviceProxy("cache").dependents())
        .containsExactly("web (IS_RESTARTED): phase RUNNING");
    assertThat(jmx.serviceProxy("web").dependents()).isEmpty();
    assertThat(jmx.serviceProxy("web").getKind()).isEqualTo(ChildSpec.Kind.PROCESS);
  }

  @Test
  void restartsByCause_areTold() {
    assertThat(jmx.serviceProxy("web").getRestartsByCause())
        .isEqualTo(new RestartReport(1, 0, 1, 1, 0, 1, 2));
  }

  @Test
  void release_fromQuarantine_isAnUpOfWhatWasSeen_andElseRefused() {
    supervisor.answerWith(CompletableFuture.completedStage(Children.running(CACHE)));

    assertThat(jmx.serviceProxy("cache").release("fixed the disk", 1))
        .isEqualTo("up: pid 4711 ready");
    assertThatIllegalStateException()
        .isThrownBy(() -> jmx.serviceProxy("web").release("no need", 1))
        .withMessage("'web' is not in quarantine: phase RUNNING");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> jmx.serviceProxy("cache").release("String", 1));
    assertThat(supervisor.calls()).containsExactly("up cache, asked by jmx: fixed the disk at 1");
  }

  @Test
  void engine_tellsItsNumbers_andTheNewestEvents() {
    EngineMXBean engine = jmx.engineProxy();

    assertThat(engine.getSupervisor()).isEqualTo(JmxFixture.supervisor());
    assertThat(
            List.of(
                engine.getStepCount(),
                (long) engine.getDeadlineCount(),
                engine.getOperationCount(),
                engine.getRefusedCount(),
                engine.getOverloadedCount(),
                (long) engine.getInboxSize(),
                (long) engine.getInboxCapacity(),
                (long) engine.getOperationsUnderWay(),
                (long) engine.getOperationsUnderWayMax(),
                engine.getEventCount(),
                (long) engine.getEventsKept(),
                (long) engine.getListenerCount(),
                engine.getEventsLost(),
                engine.getListenerLag(),
                engine.getListenerFailureCount(),
                (long) engine.getOutcomesWaiting()))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);
    assertThat(engine.events(2))
        .containsExactly(
            "7 2026-01-02T03:04:05.678Z web: removed",
            "8 2026-01-02T03:04:05.678Z the tree: tree NEW -> RUNNING: go");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.events(1001))
        .withMessage("most must be 1 to 1000, was 1001");
  }

  @Test
  void platform_tellsWhatItCan_andRemembersItsLastTest() {
    PlatformMXBean platform =
        jmx.proxy(
            JmxFixture.name("org.jsupervisor:type=Platform,supervisor=main"), PlatformMXBean.class);

    assertThat(platform.getSupervisor()).isEqualTo(JmxFixture.supervisor());
    assertThat(platform.getCapabilities())
        .containsExactly(new CapabilityReport("exit detection", Capability.Level.FULL, "pidfd"));
    assertThat(platform.getSelfTestTime()).isNull();
    assertThat(platform.getSelfTestPassed()).isNull();
    assertThat(platform.getSelfTestReport()).isEmpty();

    assertThat(platform.selfTest()).containsExactly("PASSED start: pid 7", "FAILED umask: 0000");

    assertThat(platform.getSelfTestTime()).isPositive();
    assertThat(platform.getSelfTestPassed()).isFalse();
    assertThat(platform.getSelfTestReport()).hasSize(2);
  }
}
