package org.jsupervisor.log;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.Datagrams;

/**
 * Sends datagrams by UDP. What the network loses, nobody hears of: only a host that says that
 * nobody listens there makes the next datagram refused.
 *
 * <p>Confined to its caller as {@link Datagrams} says.
 */
public final class UdpDatagrams implements Datagrams {
  /** What RFC 5426 wants receivers of syslog to take. */
  public static final int BYTES_MAX = 2048;

  private final InetSocketAddress address;
  private @Nullable DatagramChannel channel;
  private boolean closed;

  private UdpDatagrams(InetSocketAddress address) {
    this.address = address;
  }

  /**
   * To this address; nothing is opened before the first datagram.
   *
   * @throws IllegalArgumentException if its name is not resolved
   */
  public static UdpDatagrams to(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("datagrams: address must be resolved, was " + address);
    }
    return new UdpDatagrams(address);
  }

  @Override
  public void send(ByteBuffer datagram) throws IOException {
    DatagramChannel open = opened();
    try {
      if (open.write(datagram.duplicate()) == 0 && datagram.hasRemaining()) {
        throw new IOException("no room in the socket now");
      }
    } catch (PortUnreachableException nobody) {
      throw new IOException("nobody listens there", nobody);
    }
  }

  private DatagramChannel opened() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    DatagramChannel open = channel;
    if (open == null) {
      open = DatagramChannel.open();
      try {
        open.configureBlocking(false);
        // So that it hears that nobody listens.
        open.connect(address);
      } catch (IOException | RuntimeException e) {
        open.close();
        throw e;
      }
      channel = open;
    }
    return open;
  }

  @Override
  public int bytesMax() {
    return BYTES_MAX;
  }

  @Override
  public String name() {
    return "udp " + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
