package org.jsupervisor.jmx.remote;

import static org.jsupervisor.jmx.Children.WEB;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.Children;
import org.jsupervisor.jmx.FakeScan;
import org.jsupervisor.jmx.FakeSupervisor;
import org.jsupervisor.jmx.JmxFixture;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.jmx.SupervisorMBeans;

/** A tree behind a connector: eve observes, olga operates, dora defines, all with one password. */
final class ConnectorFixture implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  static final ObjectName SERVICE = JmxFixture.service("web");

  private static final Keys KEYS = Keys.made();

  final List<AuditEvent> told = new CopyOnWriteArrayList<>();
  final FakeScan scan = new FakeScan();
  final FakeSupervisor supervisor = new FakeSupervisor("main").put(Children.running(WEB));
  final RemoteConnector connector;
  private final Registration beans;

  /** Made once: the client's side takes the first that it sees, for the life of its JVM. */
  private record Keys(Identities identities, Accounts accounts) {
    static Keys made() {
      try {
        Path directory = Files.createTempDirectory("keys");
        try {
          Path file = directory.resolve("accounts");
          Files.writeString(file, line("eve", Role.OBSERVE) + line("olga", Role.OPERATE));
          Files.writeString(
              file, Files.readString(file) + line("dora", Role.DEFINE) + "# nobody else\n");
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
          Identities identities =
              new Identities(directory, RmiHost.name("java.rmi.server.hostname"));
          return new Keys(identities, Accounts.read(file));
        } finally {
          remove(directory);
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static void remove(Path directory) throws IOException {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }

    private static String line(String name, Role role) {
      return Accounts.line(name, role, PASSWORD.toCharArray()) + "\n";
    }
  }

  ConnectorFixture(Path urlFile) throws Exception {
    connector = builder().withUrlFile(urlFile).addAuditListener(told::add).open();
    beans = SupervisorMBeans.register(supervisor, connector.server());
    var unused = beans.showScan(scan);
    show("client");
  }

  static RemoteConnector.Builder builder() throws Exception {
    return RemoteConnector.with(KEYS.identities().connector(), KEYS.accounts());
  }

  /** Which certificate clients show from now on. */
  static void show(@Nullable String name) throws Exception {
    KEYS.identities().show(name);
  }

  @SuppressWarnings("BanJNDI") // the address has the stub in it, there is no registry to look up
  JMXConnector connect(@Nullable Object credentials) throws IOException {
    return JMXConnectorFactory.connect(
        connector.url(),
        credentials == null ? Map.of() : Map.of(JMXConnector.CREDENTIALS, credentials));
  }

  JMXConnector connect(String name) throws IOException {
    return connect(new String[] {name, PASSWORD});
  }

  static ServiceMXBean service(MBeanServerConnection connection) {
    return JMX.newMXBeanProxy(connection, SERVICE, ServiceMXBean.class);
  }

  @Override
  public void close() throws IOException {
    beans.close();
    connector.close();
  }
}
