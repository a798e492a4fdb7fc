package org.jsupervisor.output;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A place that datagrams are sent to, each whole or not at all: a socket of a syslog daemon, for
 * example. It needs no reconnecting: when somebody listens there again, the next one arrives.
 *
 * <p>Thread: any, one call at a time; {@link #name} at any time.
 */
public interface Datagrams extends AutoCloseable {
  /**
   * Sends a datagram. Never blocks.
   *
   * @param datagram its remaining bytes; owned by the caller, the position is not moved
   * @throws IOException if it was refused: there is no room now, nobody listens, it is too long.
   *     The same may be sent again
   */
  void send(ByteBuffer datagram) throws IOException;

  /** How long a datagram may be so that it arrives, as far as that is known. */
  int bytesMax();

  /** What operators know it by, for example {@code udp 127.0.0.1:514}; one line. */
  String name();

  /** Releases what it holds; nothing is sent any more. */
  @Override
  void close() throws IOException;
}
