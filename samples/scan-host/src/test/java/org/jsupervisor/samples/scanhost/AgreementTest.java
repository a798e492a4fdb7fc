package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scan, engine, processes, events, snapshots and JMX in one tree tell the same story. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class AgreementTest {
  private static final ChildId A = ChildId.of("a");

  @Test
  void killedService_isToldAlikeByEventsSnapshotAndJmx(@TempDir Path services) throws Exception {
    Services.script(services, "a", "exec sleep 1000");
    DefinitionSettings settings = DefinitionSettings.of(services.resolve(".log"));
    SupervisorSpec.Builder spec = SupervisorSpec.builder("agreement");
    ScanDirectory.of(services, settings).read().specs().forEach(spec::addChild);
    List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try (Supervisor tree =
            SupervisorBuilder.of(spec.build(), PosixPlatform.open())
                .addListener(published -> events.add(published.event()))
                .start();
        Registration beans = SupervisorMBeans.register(tree, server)) {
      assertThat(beans.names())
          .hasSize(3 + 3); // the tree, its engine, its platform; a service and its views
      tree.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      long victim = tree.child(A).orElseThrow().pid().orElseThrow().value();
      assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
      ChildSnapshot after = awaitSecondRun(tree);
      var unused = tree.up(A).toCompletableFuture().get(60, TimeUnit.SECONDS);

      assertThat(after.counters().restarts()).isEqualTo(1);
      assertThat(after.counters().exits()).isEqualTo(1);
      assertThat(count(events, SupervisorEvent.RestartScheduled.class)).isEqualTo(1);
      assertThat(count(events, SupervisorEvent.Ended.class)).isEqualTo(1);
      assertThat(count(events, SupervisorEvent.Launched.class)).isEqualTo(2);
      ObjectName bean = new ObjectName("org.jsupervisor:type=Service,supervisor=agreement,name=a");
      assertThat(server.getAttribute(bean, "RestartCount")).isEqualTo(1L);
      assertThat(server.getAttribute(bean, "ExitCount")).isEqualTo(1L);
      assertThat(server.getAttribute(bean, "LaunchCount")).isEqualTo(2L);
      assertThat(server.getAttribute(bean, "Pid")).isEqualTo(after.pid().orElseThrow().value());
      assertThat(server.getAttribute(bean, "Phase")).isEqualTo("RUNNING");
    }
  }

  private static ChildSnapshot awaitSecondRun(Supervisor tree) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() - deadline < 0) {
      ChildSnapshot child = tree.child(A).orElseThrow();
      if (child.counters().launches() == 2 && child.pid().isPresent()) {
        return child;
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError("no second run: " + tree.snapshot());
  }

  private static long count(List<SupervisorEvent> events, Class<?> type) {
    return events.stream().filter(type::isInstance).count();
  }
}
