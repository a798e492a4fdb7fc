package org.jsupervisor.posix.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A datagram socket in the file system that receives, as that of a syslog daemon. */
public final class BoundSocket implements AutoCloseable {
  private final Libc libc = Libc.load();
  private final Sockets sockets = Sockets.load();
  private final DatagramReader reader = new DatagramReader(libc, sockets, 65_536);
  private final int descriptor;

  public BoundSocket(Path path) throws SyscallException {
    descriptor = sockets.open();
    NativeMemory address = Sockets.address(CString.bytes(path.toString()));
    try {
      int bytes = address.buffer().capacity();
      assertThat(sockets.binding().bind(descriptor, address.address(), bytes)).isZero();
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  /** What waits there first. */
  public Optional<String> receive() {
    if (reader.receive(descriptor) instanceof DatagramReader.Outcome.Received received) {
      ByteBuffer bytes = received.datagram().bytes();
      return Optional.of(StandardCharsets.UTF_8.decode(bytes).toString());
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    libc.close(descriptor);
  }
}
