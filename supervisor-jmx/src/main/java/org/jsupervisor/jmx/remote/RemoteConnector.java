package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.net.ssl.SSLContext;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.Role;

/**
 * A door for JMX consoles: one port, TLS, names and passwords, roles, and a record of who did what.
 *
 * <pre>{@code
 * try (RemoteConnector connector =
 *         RemoteConnector.with(tls, Accounts.read(file)).withUrlFile(urlFile).open();
 *     Registration beans = SupervisorMBeans.register(supervisor, connector.server())) {
 *   ...
 * }
 * }</pre>
 *
 * <p>It shows a private MBean server, so that nothing of the JVM can be reached through it: whoever
 * can call the JVM's own beans can run code. There is no RMI registry, which others could re-bind:
 * {@link #url} has all that a client needs, and is written to a file if you say so. What is not
 * allowed is refused: see {@link Role}; nobody may create or remove a bean. Objects that come in
 * are filtered: names, numbers, texts, filters and queries of JMX, within bounds. No property of
 * the JVM is set.
 *
 * <p>RMI tells its clients to connect to one host, which is that of the property {@code
 * java.rmi.server.hostname}, else the name of this machine; the connector listens at its address
 * and there only, and takes connections of this machine only unless {@link Builder#withPeers} says
 * otherwise. The certificate must be for that host ({@link #host}).
 *
 * <p>At most 100 connections are held at once, and strangers for ten seconds; a call has at most 1
 * MiB. Thread-safe. RMI's own threads are there until {@link #close}, and keep the JVM alive.
 */
public final class RemoteConnector implements AutoCloseable {
  private static final String DOMAIN = "org.jsupervisor";
  private static final String HOST_PROPERTY = "java.rmi.server.hostname";
  private static final String CREDENTIALS = "maxdepth=2;maxarray=2;java.lang.String;!*";
  private static final String OBJECTS =
      "maxdepth=20;maxrefs=2000;maxarray=1000;maxbytes=200000;"
          + "java.lang.Boolean;java.lang.Byte;java.lang.Character;java.lang.Double;java.lang.Float;"
          + "java.lang.Integer;java.lang.Long;java.lang.Short;java.lang.Number;java.lang.String;"
          + "java.lang.Object;java.rmi.MarshalledObject;java.util.ArrayList;java.util.Vector;"
          + "java.util.HashSet;javax.security.auth.Subject;javax.management.*;javax.management.openmbean.*;!*";

  private final MBeanServer server;
  private final JMXConnectorServer connector;
  private final GuardedSockets sockets;
  private final JMXServiceURL url;
  private final @Nullable UrlFile urlFile;

  private RemoteConnector(
      MBeanServer server,
      JMXConnectorServer connector,
      GuardedSockets sockets,
      @Nullable UrlFile urlFile) {
    this.server = server;
    this.connector = connector;
    this.sockets = sockets;
    this.url = connector.getAddress();
    this.urlFile = urlFile;
  }

  /**
   * A connector for what is mandatory.
   *
   * @param tls with the key of this host and the certificates of those who may connect
   * @param accounts who may do what
   */
  public static Builder with(SSLContext tls, Accounts accounts) {
    return new Builder(tls, accounts);
  }

  /** What it shows; whoever registers beans here unregisters them. */
  public MBeanServer server() {
    return server;
  }

  /** What a client connects to: {@code service:jmx:rmi://HOST:PORT/stub/...}, without secrets. */
  public JMXServiceURL url() {
    return url;
  }

  /** The host that clients are told to connect to, and that the certificate must be for. */
  public String host() {
    return url.getHost();
  }

  /** Where it listens. */
  int port() {
    return sockets.port();
  }

  /** Ends all connections, listens no more, and removes the file with the URL. Idempotent. */
  @Override
  public void close() throws IOException {
    try (sockets) {
      connector.stop();
    } finally {
      if (urlFile != null) {
        urlFile.remove();
      }
    }
  }

  /** How a connector should be. Not thread-safe. */
  public static final class Builder {
    private final SSLContext tls;
    private final Accounts accounts;
    private final List<AuditListener> listeners = new ArrayList<>();
    private ClientCertificates certificates = ClientCertificates.REQUIRED;
    private Peers peers = Peers.LOCAL;
    private int port;
    private Optional<Path> urlFile = Optional.empty();

    private Builder(SSLContext tls, Accounts accounts) {
      this.tls = tls;
      this.accounts = accounts;
    }

    /** Replaces whether clients must show a certificate (default: they must). */
    public Builder withClientCertificates(ClientCertificates replacement) {
      certificates = replacement;
      return this;
    }

    /** Replaces from where connections are taken (default: this machine). */
    public Builder withPeers(Peers replacement) {
      peers = replacement;
      return this;
    }

    /** Replaces the port, 0 to 65535; 0 is any that is free (the default). */
    public Builder withPort(int replacement) {
      if (replacement < 0 || replacement > 0xffff) {
        throw new IllegalArgumentException("port must be 0 to 65535, was " + replacement);
      }
      port = replacement;
      return this;
    }

    /**
     * Writes the URL to a file that only this user can read, in place of one that is there; its
     * directory must be there (default: no file).
     */
    public Builder withUrlFile(Path replacement) {
      urlFile = Optional.of(replacement);
      return this;
    }

    /** Adds who is told of each attempt; all are logged to {@code org.jsupervisor.jmx.audit}. */
    public Builder addAuditListener(AuditListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Opens the door.
     *
     * @throws IllegalStateException if connections from elsewhere are wanted without certificates
     * @throws IOException if it cannot listen, or the host that RMI tells clients has no address of
     *     this machine, or the file cannot be written; then nothing is open
     */
    public RemoteConnector open() throws IOException {
      if (peers == Peers.ANY && certificates == ClientCertificates.NOT_ASKED) {
        throw new IllegalStateException(
            "remote connector: connections from other machines need client certificates");
      }
      MBeanServer server = MBeanServerFactory.newMBeanServer(DOMAIN);
      Audit audit = new Audit(listeners);
      String host = RmiHost.name(HOST_PROPERTY);
      var sockets = new GuardedSockets(tls, RmiHost.address(host), certificates, peers);
      JMXConnectorServer connector =
          JMXConnectorServerFactory.newJMXConnectorServer(
              new JMXServiceURL("rmi", host, port), environment(sockets, audit), server);
      connector.setMBeanServerForwarder(RoleGuard.of(server, audit));
      try {
        connector.start();
        UrlFile written = null;
        if (urlFile.isPresent()) {
          written = UrlFile.write(urlFile.get(), connector.getAddress().toString());
        }
        return new RemoteConnector(server, connector, sockets, written);
      } catch (IOException | RuntimeException | Error e) {
        try (sockets) {
          connector.stop();
        }
        throw e;
      }
    }

    private Map<String, Object> environment(GuardedSockets sockets, Audit audit) {
      Map<String, Object> environment = new HashMap<>();
      environment.put(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, sockets);
      environment.put(
          RMIConnectorServer.RMI_CLIENT_SOCKET_FACTORY_ATTRIBUTE, new SslRMIClientSocketFactory());
      environment.put(RMIConnectorServer.CREDENTIALS_FILTER_PATTERN, CREDENTIALS);
      environment.put(RMIConnectorServer.SERIAL_FILTER_PATTERN, OBJECTS);
      environment.put(JMXConnectorServer.AUTHENTICATOR, new Doorkeeper(accounts, audit));
      return environment;
    }
  }
}
