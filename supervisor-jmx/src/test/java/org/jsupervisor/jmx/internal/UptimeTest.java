package org.jsupervisor.jmx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.jsupervisor.jmx.Children;
import org.jsupervisor.jmx.FakeSupervisor;
import org.jsupervisor.jmx.JmxFixture;
import org.junit.jupiter.api.Test;

/** The only attribute that needs a clock. */
final class UptimeTest {
  private static final Instant LAUNCHED =
      FakeSupervisor.NOW.minusSeconds(Children.LAUNCHED_SECONDS_AGO);

  private static Object uptimeAt(Instant now) throws JMException {
    MBeanServer server = MBeanServerFactory.newMBeanServer("test");
    FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(Children.WEB));
    try (TreeRegistration registration = TreeRegistration.open(supervisor, server, () -> now)) {
      assertThat(registration.names()).contains(JmxFixture.service("web"));
      return server.getAttribute(JmxFixture.service("web"), "UptimeMillis");
    }
  }

  @Test
  void uptime_ofAProcess_countsFromItsLaunch() throws JMException {
    assertThat(uptimeAt(FakeSupervisor.NOW))
        .isEqualTo(Duration.ofSeconds(Children.LAUNCHED_SECONDS_AGO).toMillis());
  }

  @Test
  void uptime_afterTheClockWasSetBack_isZeroAndNotNegative() throws JMException {
    assertThat(uptimeAt(LAUNCHED.minusSeconds(1))).isEqualTo(0L);
  }
}
