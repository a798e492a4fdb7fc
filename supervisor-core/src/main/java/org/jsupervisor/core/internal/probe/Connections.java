package org.jsupervisor.core.internal.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jsupervisor.spec.Probe;

/** Whether somebody accepts connections. Each is closed at once; nothing is sent. */
final class Connections {
  private Connections() {}

  static boolean acceptsTcp(Probe.Tcp probe, Duration time) throws IOException {
    try (Socket socket = connect(probe.host(), probe.port(), time)) {
      return !isItself(socket);
    }
  }

  static Socket connect(String host, int port, Duration time) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), millis(time));
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /**
   * On a port that nobody listens on, a connection to it can be given that very port to be from.
   */
  static boolean isItself(Socket socket) {
    return socket.getLocalPort() == socket.getPort()
        && socket.getLocalAddress().equals(socket.getInetAddress());
  }

  /** Does not wait: if the queue of the socket is full, it is busy and not ready. */
  static boolean acceptsUnix(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      return channel.connect(UnixDomainSocketAddress.of(path));
    }
  }

  /** At least one: 0 would be without limit. */
  static int millis(Duration time) {
    return (int) Math.max(1, Math.min(time.toMillis(), Integer.MAX_VALUE));
  }
}
