package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.rmi.server.RMIServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Listens at one address, speaks TLS 1.2 and 1.3 only, and closes connections from other machines
 * unless they are wanted.
 */
final class GuardedSockets implements RMIServerSocketFactory {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int BACKLOG = 16;

  private final SSLContext tls;
  private final InetAddress address;
  private final ClientCertificates certificates;
  private final Peers peers;

  GuardedSockets(
      SSLContext tls, InetAddress address, ClientCertificates certificates, Peers peers) {
    this.tls = tls;
    this.address = address;
    this.certificates = certificates;
    this.peers = peers;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return new ServerSocket(port, BACKLOG, address) {
      @Override
      public Socket accept() throws IOException {
        while (true) {
          Socket peer = super.accept();
          if (isWelcome(peer.getInetAddress())) {
            return secured(peer);
          }
          peer.close();
        }
      }
    };
  }

  private boolean isWelcome(InetAddress peer) throws SocketException {
    return peers == Peers.ANY
        || peer.isLoopbackAddress()
        || NetworkInterface.getByInetAddress(peer) != null;
  }

  private Socket secured(Socket peer) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(peer, peer.getInetAddress().getHostAddress(), peer.getPort(), true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(PROTOCOLS);
    socket.setNeedClientAuth(certificates == ClientCertificates.REQUIRED);
    return socket;
  }
}
