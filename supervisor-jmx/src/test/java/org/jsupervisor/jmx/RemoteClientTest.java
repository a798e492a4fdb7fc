package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.jmx.Children.WEB;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.event.SupervisorEvent;
import org.junit.jupiter.api.Test;

/** All that leaves the beans survives the way through a connector. */
final class RemoteClientTest {
  private static final String[] INT = {"int"};

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));

  @Test
  @SuppressWarnings("BanJNDI") // the address has the stub in it, there is no registry to look up
  void client_readsInvokesAndHears() throws Exception {
    JMXConnectorServer connector =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://"), Map.of(), jmx.server());
    connector.start();
    try (Registration registration = SupervisorMBeans.register(supervisor, jmx.server());
        JMXConnector client = JMXConnectorFactory.connect(connector.getAddress())) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      for (ObjectName bean : registration.names()) {
        for (MBeanAttributeInfo attribute : connection.getMBeanInfo(bean).getAttributes()) {
          connection.getAttribute(bean, attribute.getName());
        }
      }
      assertRefusalIsReadable(connection);
      assertNotificationIsHeard(connection);
    } finally {
      connector.stop();
    }
  }

  private void assertRefusalIsReadable(MBeanServerConnection connection) {
    supervisor.answerWith(
        CompletableFuture.failedStage(
            new OperationRefusedException(Refusal.OVERLOADED, WEB, "try again later")));
    assertThatThrownBy(
            () -> connection.invoke(JmxFixture.service("web"), "up", new Object[] {0}, INT))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("child 'web': try again later (OVERLOADED)");
  }

  private void assertNotificationIsHeard(MBeanServerConnection connection) throws Exception {
    List<Notification> heard = new CopyOnWriteArrayList<>();
    connection.addNotificationListener(
        JmxFixture.service("web"), (news, handback) -> heard.add(news), null, null);
    supervisor.publish(new SupervisorEvent.Ended(Children.exited(WEB, 1)));
    supervisor.forget(WEB);
    JmxFixture.await("two notifications, heard " + heard, () -> heard.size() == 2);
    assertThat(heard.get(1).getType()).isEqualTo("org.jsupervisor.service.removed");
  }
}
