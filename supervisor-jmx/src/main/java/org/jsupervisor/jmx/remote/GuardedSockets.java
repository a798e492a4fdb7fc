package org.jsupervisor.jmx.remote;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.server.RMIServerSocketFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Listens at one address, speaks TLS 1.2 and 1.3 only, closes connections from other machines
 * unless they are wanted, and those that are too many.
 */
final class GuardedSockets implements RMIServerSocketFactory, Closeable {
  private static final Logger LOG = System.getLogger(GuardedSockets.class.getName());
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int BACKLOG = 16;

  /** RMI has a thread for each connection; a console needs two or three. */
  static final int CONNECTIONS_MAX = 100;

  private static final Duration STRANGER_MAX = Duration.ofSeconds(10);

  private final SSLContext tls;
  private final InetAddress address;
  private final ClientCertificates certificates;
  private final Peers peers;
  private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
  private final List<ServerSocket> listening = new CopyOnWriteArrayList<>();

  GuardedSockets(
      SSLContext tls, InetAddress address, ClientCertificates certificates, Peers peers) {
    this.tls = tls;
    this.address = address;
    this.certificates = certificates;
    this.peers = peers;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    ServerSocket socket =
        new ServerSocket(port, BACKLOG, address) {
          @Override
          public Socket accept() throws IOException {
            return nextPeer(peer -> implAccept(peer));
          }
        };
    listening.add(socket);
    return socket;
  }

  private interface Acceptor {
    void accept(Socket peer) throws IOException;
  }

  private Socket nextPeer(Acceptor acceptor) throws IOException {
    while (true) {
      PeerSocket peer = new PeerSocket(places, STRANGER_MAX);
      acceptor.accept(peer);
      try {
        if (isWelcome(peer.getInetAddress()) && peer.takePlace()) {
          return new CallSocket(secured(peer));
        }
        peer.close();
      } catch (IOException | RuntimeException e) {
        // It concerns this one only: the next is listened to, whatever RMI would make of it.
        peer.close();
        LOG.log(Level.DEBUG, "connection from {0}: {1}", peer.getInetAddress(), e);
      }
    }
  }

  private boolean isWelcome(InetAddress peer) throws SocketException {
    return peers == Peers.ANY
        || peer.isLoopbackAddress()
        || NetworkInterface.getByInetAddress(peer) != null;
  }

  private Socket secured(PeerSocket peer) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(peer, peer.getInetAddress().getHostAddress(), peer.getPort(), true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(PROTOCOLS);
    socket.setNeedClientAuth(certificates == ClientCertificates.REQUIRED);
    socket.addHandshakeCompletedListener(done -> peer.isKnown());
    return socket;
  }

  /** The port that it listens at; the first one if it was asked for several. */
  int port() {
    return listening.get(0).getLocalPort();
  }

  /** Listens no more: RMI itself never closes a port that it has chosen. */
  @Override
  public void close() throws IOException {
    for (ServerSocket socket : listening) {
      socket.close();
    }
  }
}
