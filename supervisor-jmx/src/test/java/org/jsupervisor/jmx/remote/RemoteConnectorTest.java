package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.jmx.Children.WEB;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.QueryExp;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.jmx.Children;
import org.jsupervisor.jmx.FakeSupervisor;
import org.jsupervisor.jmx.JmxFixture;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.jmx.SupervisorMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, what they may do then, and what is told of it. */
class RemoteConnectorTest {
  private static final String PASSWORD = "correct horse";
  private static final ObjectName SERVICE = JmxFixture.service("web");

  @TempDir static Path directory;
  private static Identities identities;
  private static Accounts accounts;

  private final List<AuditEvent> told = new CopyOnWriteArrayList<>();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));
  private final Path urlFile = directory.resolve("url");
  private RemoteConnector connector;
  private Registration beans;

  @BeforeAll
  static void makeKeys() throws Exception {
    String host = RmiHost.name("java.rmi.server.hostname");
    identities = new Identities(directory, host);
    Path file = directory.resolve("accounts");
    Files.writeString(
        file,
        String.join(
            "\n",
            Accounts.line("eve", Role.OBSERVE, PASSWORD.toCharArray()),
            Accounts.line("olga", Role.OPERATE, PASSWORD.toCharArray()),
            Accounts.line("dora", Role.DEFINE, PASSWORD.toCharArray()),
            ""));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    accounts = Accounts.read(file);
  }

  @BeforeEach
  void open() throws Exception {
    connector =
        RemoteConnector.with(identities.connector(), accounts)
            .withUrlFile(urlFile)
            .addAuditListener(told::add)
            .open();
    beans = SupervisorMBeans.register(supervisor, connector.server());
    identities.show("client");
  }

  @AfterEach
  void close() throws Exception {
    beans.close();
    connector.close();
  }

  /** With what the file says, as a console would. */
  @SuppressWarnings("BanJNDI") // the address has the stub in it, there is no registry to look up
  private JMXConnector connect(@Nullable Object credentials) throws IOException {
    return JMXConnectorFactory.connect(
        connector.url(),
        credentials == null ? Map.of() : Map.of(JMXConnector.CREDENTIALS, credentials));
  }

  private JMXConnector connect(String name) throws IOException {
    return connect(new String[] {name, PASSWORD});
  }

  @Test
  void observer_readsAndHears_andChangesNothing() throws Exception {
    List<Notification> heard = new CopyOnWriteArrayList<>();
    try (JMXConnector client = connect("eve")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThat(connection.getAttribute(SERVICE, "Phase")).isEqualTo("RUNNING");
      ObjectName services = JmxFixture.name("org.jsupervisor:type=Service,*");
      QueryExp running = Query.eq(Query.attr("Phase"), Query.value("RUNNING"));
      assertThat(connection.queryNames(services, running)).containsExactly(SERVICE);
      assertThat(connection.queryNames(services, Query.not(running))).isEmpty();
      assertThat(service(connection).explain()).isNotEmpty();
      connection.addNotificationListener(SERVICE, (news, back) -> heard.add(news), null, null);
      supervisor.publish(new SupervisorEvent.Ended(Children.exited(WEB, 1)));
      JmxFixture.await("a notification", () -> !heard.isEmpty());

      assertThatThrownBy(() -> service(connection).up(0)).hasMessageContaining("role operate");
    }
    assertThat(supervisor.calls()).isEmpty();
    AuditEvent denied = told.get(told.size() - 1);
    assertThat(denied.describe())
        .startsWith("eve (observe): up of " + SERVICE + ": DENIED, needs the role operate (");
  }

  @Test
  void operator_operates_andIsNamedToTheTreeAndTheAudit() throws Exception {
    supervisor.answerWith(CompletableFuture.completedFuture(Children.running(WEB)));
    try (JMXConnector client = connect("olga")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      service(connection).ask("restart", "new certificate", 7, 0);
      assertThatThrownBy(() -> tree(connection).stop("bye")).hasMessageContaining("role define");
    }
    assertThat(supervisor.calls()).hasSize(1);
    assertThat(supervisor.calls().get(0)).contains("jmx:olga");
    AuditEvent done = told.get(1);
    assertThat(done.who()).isEqualTo("olga");
    assertThat(done.role()).contains(Role.OPERATE);
    assertThat(done.what()).isEqualTo("ask");
    assertThat(done.target()).isEqualTo(SERVICE.toString());
    assertThat(done.generation()).hasValue(7);
    assertThat(done.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
    assertThat(told.toString()).doesNotContain("new certificate");
  }

  @Test
  void whatFails_isToldAsFailed() throws Exception {
    try (JMXConnector client = connect("olga")) {
      ServiceMXBean service = service(client.getMBeanServerConnection());
      assertThatThrownBy(() -> service.signal("String")).hasMessageContaining("must be");
    }
    assertThat(told.get(1).outcome()).isEqualTo(AuditEvent.Outcome.FAILED);
    assertThat(told.get(1).detail()).contains("must be");
  }

  @Test
  void definer_mayEndTheTree() throws Exception {
    try (JMXConnector client = connect("dora")) {
      tree(client.getMBeanServerConnection()).stop("move to another host");
    }
    assertThat(supervisor.calls()).hasSize(1);
  }

  @Test
  void nobody_mayMakeOrRemoveABean_norMakeOneBeanListenToAnother() throws Exception {
    try (JMXConnector client = connect("dora")) {
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
    assertThat(told).filteredOn(e -> e.outcome() == AuditEvent.Outcome.DENIED).hasSize(5);
  }

  @Test
  void whoDoesNotKnowThePassword_isRefused_alwaysWithTheSameWords() {
    for (Object credentials :
        new @Nullable Object[] {
          new String[] {"olga", "wrong"},
          new String[] {"nobody\nknows", PASSWORD},
          new String[] {"olga"},
          new String[] {"olga", null},
          null
        }) {
      assertThatThrownBy(() -> connect(credentials))
          .isInstanceOf(SecurityException.class)
          .hasMessage("access refused");
    }
    assertThat(told).hasSize(5).allMatch(e -> e.outcome() == AuditEvent.Outcome.DENIED);
    assertThat(told.get(1).describe()).doesNotContain("\n");
    assertThat(told.toString()).doesNotContain("wrong").doesNotContain(PASSWORD);
  }

  @Test
  void credentialsOfAnotherClass_areNotEvenRead() {
    assertThatThrownBy(() -> connect(new AtomicInteger(1)))
        .hasStackTraceContaining("filter status: REJECTED");
    assertThat(told).isEmpty();
  }

  @Test
  void whoShowsNoCertificate_orAStrangersOne_doesNotGetAsFarAsThePassword() throws Exception {
    identities.show(null);
    assertThatThrownBy(() -> connect("dora")).isInstanceOf(IOException.class);
    identities.show("stranger");
    assertThatThrownBy(() -> connect("dora")).isInstanceOf(IOException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void objectsOfOtherClasses_andTooManyOfThem_areRejected() throws Exception {
    try (JMXConnector client = connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThatThrownBy(() -> up(connection, new AtomicInteger(1)))
          .hasStackTraceContaining("filter status: REJECTED");
      // Who sends that much may be cut off before it has been sent.
      assertThatThrownBy(() -> up(connection, new int[100_000])).isInstanceOf(IOException.class);
    }
    assertThat(supervisor.calls()).isEmpty();
  }

  private static Object up(MBeanServerConnection connection, Object argument) throws Exception {
    return connection.invoke(SERVICE, "up", new Object[] {argument}, new String[] {"int"});
  }

  @Test
  void namesThatAreTraps_areDeniedOrUnknown() throws Exception {
    try (JMXConnector client = connect("dora")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      for (String name :
          List.of(
              "*:*",
              "org.jsupervisor:type=Service,supervisor=main,name=w?b",
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
    assertThat(told).allMatch(e -> !e.describe().contains("\n"));
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  void nothingOfTheJvm_canBeReached() throws Exception {
    try (JMXConnector client = connect("dora")) {
      assertThat(client.getMBeanServerConnection().getDomains())
          .containsExactlyInAnyOrder("org.jsupervisor", "JMImplementation");
    }
  }

  @Test
  void urlFile_isForThisUserOnly_andGoesWithTheConnector() throws Exception {
    assertThat(Files.readString(urlFile)).isEqualTo(connector.url() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(urlFile)))
        .isEqualTo("rw-------");

    connector.close();

    assertThat(urlFile).doesNotExist();
    assertThatThrownBy(() -> connect("dora")).isInstanceOf(IOException.class);
  }

  @Test
  void afterTheEnd_nobodyListens() throws Exception {
    int port = connector.port();
    try (Socket somebody = new Socket(connector.host(), port)) {
      assertThat(somebody.isConnected()).isTrue();
    }
    connector.close();
    assertThatThrownBy(() -> new Socket(connector.host(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void silentStrangers_areNotHeldBeyondAHundred() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int n = 0; n < GuardedSockets.CONNECTIONS_MAX + 50; n++) {
        silent.add(new Socket(connector.host(), connector.port()));
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
    try (JMXConnector client = connect("eve")) {
      return client.getConnectionId().contains("eve");
    } catch (IOException full) {
      return false;
    }
  }

  @Test
  void callWithTooFewValues_isToldAsFailed() throws Exception {
    String[] types = {"java.lang.String", "java.lang.String", "long", "int"};
    try (JMXConnector client = connect("olga")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThatThrownBy(() -> connection.invoke(SERVICE, "ask", new Object[] {"up", "x"}, types))
          .isInstanceOf(Exception.class);
    }
    assertThat(told.get(1).outcome()).isEqualTo(AuditEvent.Outcome.FAILED);
    assertThat(supervisor.calls()).isEmpty();
  }

  @Test
  void connectionsFromElsewhere_needCertificates() throws Exception {
    var builder =
        RemoteConnector.with(identities.connector(), accounts)
            .withPeers(Peers.ANY)
            .withClientCertificates(ClientCertificates.NOT_ASKED);
    assertThatThrownBy(builder::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need client certificates");
    assertThatThrownBy(() -> builder.withPort(70_000)).hasMessageContaining("was 70000");
  }

  private static ServiceMXBean service(MBeanServerConnection connection) {
    return JMX.newMXBeanProxy(connection, SERVICE, ServiceMXBean.class);
  }

  private static SupervisorMXBean tree(MBeanServerConnection connection) {
    return JMX.newMXBeanProxy(connection, JmxFixture.supervisor(), SupervisorMXBean.class);
  }
}
