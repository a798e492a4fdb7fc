package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;
import org.jsupervisor.posix.internal.libc.Sockets;
import org.jsupervisor.posix.internal.libc.SyscallException;

/**
 * Sends datagrams to a UNIX socket of this host, for example {@code /dev/log} of a syslog daemon.
 * Each finds its way by the path: a daemon that was started anew gets the next one. When it is
 * away, or its queue is full, a datagram is refused at once. A stream socket is refused, too.
 *
 * <p>Thread-safe. Holds one descriptor, from the first datagram on.
 */
public final class UnixDatagrams implements Datagrams {
  /** What syslog daemons take through their socket at least. */
  public static final int BYTES_MAX = 8192;

  private static final int CLOSED = -2;
  private static final int NOT_OPEN = -1;

  private final Path path;
  private final Libc libc;
  private final Sockets sockets;
  private final NativeMemory address;
  private final NativeMemory data = new NativeMemory(BYTES_MAX);

  /** Guards the two below and the memory; nothing in it waits. */
  private final ReentrantLock turn = new ReentrantLock();

  private int descriptor = NOT_OPEN;

  private UnixDatagrams(Path path, Libc libc, Sockets sockets) {
    this.path = path;
    this.libc = libc;
    this.sockets = sockets;
    this.address = Sockets.address(CString.bytes(path.toString()));
  }

  /**
   * To the socket at this path, whether there is one by now or not. Nothing is opened yet.
   *
   * @throws IllegalArgumentException if the path is longer than a socket's can be, 107 bytes
   * @throws UnsupportedOperationException if this host has no native access, as for the platform
   */
  public static UnixDatagrams to(Path path) {
    return new UnixDatagrams(path, Libc.load(), Sockets.load());
  }

  @Override
  public void send(ByteBuffer datagram) throws IOException {
    if (datagram.remaining() > BYTES_MAX) {
      throw new IOException(
          path
              + ": a datagram has at most "
              + BYTES_MAX
              + " bytes, this has "
              + datagram.remaining());
    }
    turn.lock();
    try {
      data.buffer().clear().put(datagram.duplicate()).flip();
      sockets.send(opened(), data, address);
    } catch (SyscallException refused) {
      throw new IOException(path + ": " + refused.getMessage(), refused);
    } finally {
      turn.unlock();
    }
  }

  private int opened() throws IOException, SyscallException {
    if (descriptor == CLOSED) {
      throw new IOException(path + ": closed");
    }
    if (descriptor == NOT_OPEN) {
      descriptor = sockets.open();
    }
    return descriptor;
  }

  @Override
  public int bytesMax() {
    return BYTES_MAX;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public void close() {
    turn.lock();
    try {
      int last = descriptor;
      descriptor = CLOSED;
      if (last >= 0) {
        libc.close(last);
      }
    } finally {
      turn.unlock();
    }
  }
}
