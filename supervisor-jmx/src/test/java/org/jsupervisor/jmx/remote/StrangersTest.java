package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.jmx.remote.ConnectorFixture.PASSWORD;
import static org.jsupervisor.jmx.remote.ConnectorFixture.SERVICE;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.ObjectName;
import javax.management.QueryExp;
import javax.management.remote.JMXConnector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.JmxFixture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and what those cannot do who mean harm. */
class StrangersTest {
  @TempDir Path directory;
  @AutoClose private ConnectorFixture door;

  @BeforeEach
  void open() throws Exception {
    door = new ConnectorFixture(directory.resolve("url"));
  }

  @Test
  void f53_nobody_mayMakeOrRemoveABean_norMakeOneBeanListenToAnother() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      ObjectName evil = JmxFixture.name("evil:type=Evil");
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> connection.createMBean("javax.management.loading.MLet", evil),
              () -> connection.createMBean("javax.management.timer.Timer", evil, null, null),
              () -> connection.unregisterMBean(SERVICE),
              () -> connection.addNotificationListener(SERVICE, SERVICE, null, null),
              () ->
                  connection.setAttribute(SERVICE, new javax.management.Attribute("Phase", "x")))) {
        assertThatThrownBy(call).isInstanceOf(SecurityException.class);
      }
    }
    assertThat(door.told).filteredOn(e -> e.outcome() == AuditEvent.Outcome.DENIED).hasSize(5);
  }

  @Test
  void f53_whoDoesNotKnowThePassword_isRefused_alwaysWithTheSameWords() {
    for (Object credentials :
        new @Nullable Object[] {
          new String[] {"olga", "wrong"},
          new String[] {"nobody\nknows", PASSWORD},
          new String[] {"olga"},
          new String[] {"olga", null},
          null
        }) {
      assertThatThrownBy(() -> door.connect(credentials))
          .isInstanceOf(SecurityException.class)
          .hasMessage("access refused");
    }
    assertThat(door.told).hasSize(5).allMatch(e -> e.outcome() == AuditEvent.Outcome.DENIED);
    assertThat(door.told.get(1).describe()).doesNotContain("\n");
    assertThat(door.told.toString()).doesNotContain("wrong").doesNotContain(PASSWORD);
  }

  @Test
  void f53_credentialsOfAnotherClass_areNotEvenRead() {
    assertThatThrownBy(() -> door.connect(new AtomicInteger(1)))
        .hasStackTraceContaining("filter status: REJECTED");
    assertThat(door.told).isEmpty();
  }

  @Test
  void f53_whoShowsNoCertificate_orAStrangersOne_doesNotGetAsFarAsThePassword() throws Exception {
    ConnectorFixture.show(null);
    assertThatThrownBy(() -> door.connect("dora")).isInstanceOf(IOException.class);
    ConnectorFixture.show("stranger");
    assertThatThrownBy(() -> door.connect("dora")).isInstanceOf(IOException.class);
    assertThat(door.told).isEmpty();
  }

  @Test
  void f53_objectsOfOtherClasses_andTooManyOfThem_areRejected() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThatThrownBy(() -> up(connection, new AtomicInteger(1)))
          .hasStackTraceContaining("filter status: REJECTED");
      // Who sends that much may be cut off before it has been sent.
      assertThatThrownBy(() -> up(connection, new int[100_000])).isInstanceOf(IOException.class);
    }
    assertThat(door.supervisor.calls()).isEmpty();
  }

  @Test
  void f53_textThatIsTooLong_isRejected_beforeAnybodyReadsIt() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      String[] types = {"java.lang.String", "int"};
      Object[] values = {"x".repeat(1 << 20), 0};
      assertThatThrownBy(() -> connection.invoke(SERVICE, "restart", values, types))
          .isInstanceOf(IOException.class);
    }
    assertThat(door.supervisor.calls()).isEmpty();
  }

  /** A filter sees that a text comes, not how long it is. */
  @Test
  void f53_passwordWithoutEnd_isNotReadToItsEnd() {
    assertThatThrownBy(() -> door.connect(new String[] {"dora", "x".repeat(16 << 20)}))
        .isInstanceOf(IOException.class);
    assertThat(door.told).isEmpty();
  }

  @Test
  void f53_nameOfAnAttributeWithoutEnd_isNotReadToItsEnd() throws Exception {
    try (JMXConnector client = door.connect("eve")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThatThrownBy(() -> connection.getAttribute(SERVICE, "x".repeat(16 << 20)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void f53_objectsInEnvelopes_areRejectedToo_andNoneOfTheirCodeRuns() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> connection.queryNames(null, new Intruder()),
              () -> connection.queryMBeans(SERVICE, new Intruder()),
              () -> connection.addNotificationListener(SERVICE, (n, b) -> {}, new Intruder(), null),
              () -> up(connection, new Intruder()),
              () ->
                  connection.setAttribute(
                      SERVICE, new javax.management.Attribute("Phase", new Intruder())),
              () -> door.connect(new Intruder()))) {
        assertThatThrownBy(call).hasStackTraceContaining("filter status: REJECTED");
      }
    }
    assertThat(Intruder.READ.get()).isZero();
  }

  /** What of it is read here, runs here. */
  private static final class Intruder
      implements QueryExp, NotificationFilter, java.io.Serializable {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger READ = new AtomicInteger();

    private void readObject(java.io.ObjectInputStream in) throws IOException {
      READ.incrementAndGet();
    }

    @Override
    public boolean apply(ObjectName name) {
      return true;
    }

    @Override
    public void setMBeanServer(MBeanServer server) {}

    @Override
    public boolean isNotificationEnabled(Notification notification) {
      return true;
    }
  }

  private static Object up(MBeanServerConnection connection, Object argument) throws Exception {
    return connection.invoke(SERVICE, "up", new Object[] {argument}, new String[] {"int"});
  }

  @Test
  void f48_namesThatAreTraps_areDeniedOrUnknown() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      for (String name :
          List.of(
              "*:*",
              "org.jsupervisor:type=Service,supervisor=main,name=w?b",
              "org.jsupervisor:type=Service,supervisor=main,name=*",
              "org.jsupervisor:type=Service,supervisor=main,name=web,*",
              "org.jsupervisor:type=Service,supervisor=main,name=\"web\"",
              "org.jsupervisor:type=Service,supervisor=main,name=" + ObjectName.quote("a\n*?\"b"),
              "org.jsupervisor:type=Evil,type2=Service,name=web")) {
        assertThatThrownBy(
                () ->
                    connection.invoke(
                        JmxFixture.name(name), "up", new Object[] {0}, new String[] {"int"}))
            .as(name)
            .isInstanceOfAny(SecurityException.class, InstanceNotFoundException.class);
      }
    }
    assertThat(door.told).allMatch(e -> !e.describe().contains("\n"));
    assertThat(door.supervisor.calls()).isEmpty();
  }

  @Test
  void f53_nothingOfTheJvm_canBeReached() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      assertThat(client.getMBeanServerConnection().getDomains())
          .containsExactlyInAnyOrder("org.jsupervisor", "JMImplementation");
    }
  }

  @Test
  void silentStrangers_areNotHeldBeyondAHundred() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int n = 0; n < GuardedSockets.CONNECTIONS_MAX + 50; n++) {
        silent.add(new Socket(door.connector.host(), door.connector.port()));
      }
      // The last one is closed at once: its end is read.
      Socket last = silent.get(silent.size() - 1);
      last.setSoTimeout(20_000);
      assertThat(last.getInputStream().read()).isEqualTo(-1);
    } finally {
      for (Socket one : silent) {
        one.close();
      }
    }
    JmxFixture.await("a place for somebody who is known", this::canConnect);
  }

  private boolean canConnect() {
    try (JMXConnector client = door.connect("eve")) {
      return client.getConnectionId().contains("eve");
    } catch (IOException full) {
      return false;
    }
  }

  @Test
  void callWithTooFewValues_isToldAsFailed() throws Exception {
    String[] types = {"java.lang.String", "java.lang.String", "long", "int"};
    try (JMXConnector client = door.connect("olga")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThatThrownBy(() -> connection.invoke(SERVICE, "ask", new Object[] {"up", "x"}, types))
          .isInstanceOf(Exception.class);
    }
    assertThat(door.told.get(1).outcome()).isEqualTo(AuditEvent.Outcome.FAILED);
    assertThat(door.supervisor.calls()).isEmpty();
  }
}
