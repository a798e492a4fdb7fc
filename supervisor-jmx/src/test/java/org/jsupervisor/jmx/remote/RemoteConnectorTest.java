package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.jmx.Children.WEB;
import static org.jsupervisor.jmx.remote.ConnectorFixture.SERVICE;
import static org.jsupervisor.jmx.remote.ConnectorFixture.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.QueryExp;
import javax.management.remote.JMXConnector;
import org.jsupervisor.Request;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.jmx.Children;
import org.jsupervisor.jmx.JmxFixture;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.ScanMXBean;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.jmx.SupervisorMXBean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each role may do, and what is told of it. */
class RemoteConnectorTest {
  @TempDir Path directory;
  @AutoClose private ConnectorFixture door;

  @BeforeEach
  void open() throws Exception {
    door = new ConnectorFixture(directory.resolve("url"));
  }

  @Test
  void observer_readsAndHears_andChangesNothing() throws Exception {
    List<Notification> heard = new CopyOnWriteArrayList<>();
    try (JMXConnector client = door.connect("eve")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      assertThat(connection.getAttribute(SERVICE, "Phase")).isEqualTo("RUNNING");
      ObjectName services = JmxFixture.name("org.jsupervisor:type=Service,*");
      QueryExp running = Query.eq(Query.attr("Phase"), Query.value("RUNNING"));
      assertThat(connection.queryNames(services, running)).containsExactly(SERVICE);
      assertThat(connection.queryNames(services, Query.not(running))).isEmpty();
      assertThat(service(connection).explain()).isNotEmpty();
      connection.addNotificationListener(SERVICE, (news, back) -> heard.add(news), null, null);
      door.supervisor.publish(new SupervisorEvent.Ended(Children.exited(WEB, 1)));
      JmxFixture.await("a notification", () -> !heard.isEmpty());

      assertThatThrownBy(() -> service(connection).up(0)).hasMessageContaining("role operate");
    }
    assertThat(door.supervisor.calls()).isEmpty();
    AuditEvent denied = door.told.get(door.told.size() - 1);
    assertThat(denied.describe())
        .startsWith("eve (observe): up of " + SERVICE + ": DENIED, needs the role operate (");
  }

  @Test
  void operator_operates_andIsNamedToTheTreeAndTheAudit() throws Exception {
    door.supervisor.answerWith(CompletableFuture.completedFuture(Children.running(WEB)));
    try (JMXConnector client = door.connect("olga")) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      service(connection).ask("restart", "new certificate", 7, 0);
      assertThatThrownBy(() -> tree(connection).stop("bye")).hasMessageContaining("role define");
    }
    assertThat(door.supervisor.calls()).hasSize(1);
    assertThat(door.supervisor.calls().get(0)).contains("jmx:olga");
    AuditEvent done = door.told.get(1);
    assertThat(done.who()).isEqualTo("olga");
    assertThat(done.role()).contains(Role.OPERATE);
    assertThat(done.what()).isEqualTo("ask");
    assertThat(done.target()).isEqualTo(SERVICE.toString());
    assertThat(done.generation()).hasValue(7);
    assertThat(done.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
    assertThat(door.told.toString()).doesNotContain("new certificate");
  }

  @Test
  void whatFails_isToldAsFailed() throws Exception {
    try (JMXConnector client = door.connect("olga")) {
      ServiceMXBean service = service(client.getMBeanServerConnection());
      assertThatThrownBy(() -> service.signal("String")).hasMessageContaining("must be");
    }
    assertThat(door.told.get(1).outcome()).isEqualTo(AuditEvent.Outcome.FAILED);
    assertThat(door.told.get(1).detail()).contains("must be");
  }

  @Test
  void definer_mayEndTheTree() throws Exception {
    try (JMXConnector client = door.connect("dora")) {
      tree(client.getMBeanServerConnection()).stop("move to another host");
    }
    assertThat(door.supervisor.calls()).hasSize(1);
  }

  @Test
  void f53_rescan_isForDefiners_andAPlanForEverybody() throws Exception {
    for (String name : List.of("eve", "olga")) {
      try (JMXConnector client = door.connect(name)) {
        ScanMXBean scan = scan(client.getMBeanServerConnection());
        assertThat(scan.plan(5)).contains("start new-0: new");
        assertThatThrownBy(() -> scan.rescan("deploy", 5)).hasMessageContaining("role define");
      }
    }
    assertThat(door.scan.asked).isEmpty();
    try (JMXConnector client = door.connect("dora")) {
      assertThat(scan(client.getMBeanServerConnection()).rescan("deploy", 5)).contains("[web]");
    }
    assertThat(door.scan.asked).containsExactly(Request.of("jmx:dora", "deploy"));
    assertThat(door.told.get(door.told.size() - 1).describe())
        .startsWith("dora (define): rescan of " + JmxFixture.scan() + ": DONE, added [web]");
  }

  @Test
  void f54_urlFile_isForThisUserOnly_andGoesWithTheConnector() throws Exception {
    assertThat(Files.readString(directory.resolve("url"))).isEqualTo(door.connector.url() + "\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("url"))))
        .isEqualTo("rw-------");

    door.connector.close();

    assertThat(directory.resolve("url")).doesNotExist();
    assertThatThrownBy(() -> door.connect("dora")).isInstanceOf(IOException.class);
  }

  @Test
  void afterTheEnd_nobodyListens() throws Exception {
    int port = door.connector.port();
    try (Socket somebody = new Socket(door.connector.host(), port)) {
      assertThat(somebody.isConnected()).isTrue();
    }
    door.connector.close();
    // A thread that waits in accept holds the socket until it has been woken.
    JmxFixture.await("nobody listens", () -> refuses(door.connector.host(), port));
  }

  private static boolean refuses(String host, int port) {
    try (Socket late = new Socket(host, port)) {
      return !late.isConnected();
    } catch (ConnectException refused) {
      return true;
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  void connectionsFromElsewhere_needCertificates() throws Exception {
    var builder =
        ConnectorFixture.builder()
            .withPeers(Peers.ANY)
            .withClientCertificates(ClientCertificates.NOT_ASKED);
    assertThatThrownBy(builder::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need client certificates");
    assertThatThrownBy(() -> builder.withPort(70_000)).hasMessageContaining("was 70000");
  }

  private static ScanMXBean scan(MBeanServerConnection connection) {
    return JMX.newMXBeanProxy(connection, JmxFixture.scan(), ScanMXBean.class);
  }

  private static SupervisorMXBean tree(MBeanServerConnection connection) {
    return JMX.newMXBeanProxy(connection, JmxFixture.supervisor(), SupervisorMXBean.class);
  }
}
