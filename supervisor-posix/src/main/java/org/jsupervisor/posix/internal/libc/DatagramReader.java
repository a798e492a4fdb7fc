package org.jsupervisor.posix.internal.libc;

import java.nio.ByteBuffer;

/**
 * Receives datagrams with the credentials of their senders. Descriptors that come along are closed
 * at once: they are a stranger's. Confined to one thread.
 *
 * <pre>
 *   struct msghdr (64 bit)    name 0, namelen 8, iov 16, iovlen 24, control 32, controllen 40, flags 48
 *   struct cmsghdr (64 bit)   len 0, level 8, type 12, data 16; each begins at a multiple of 8
 *   struct ucred              pid 0, uid 4, gid 8
 * </pre>
 */
public final class DatagramReader {
  private static final int MESSAGE_BYTES = 56;
  private static final int CONTROL_AT = MESSAGE_BYTES;
  // 253 descriptors (SCM_MAX_FD) and the credentials: more the kernel does not pass at once.
  private static final int CONTROL_BYTES = 2048;
  private static final int VECTOR_AT = CONTROL_AT + CONTROL_BYTES;
  private static final int DATA_AT = VECTOR_AT + 16;
  private static final int HEAD_BYTES = 16;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  private final Libc libc;
  private final Sockets sockets;
  private final int bytesMax;
  private final NativeMemory memory;

  /**
   * A datagram.
   *
   * @param bytes what was sent; of one that is too long, the beginning
   * @param tooLong whether that is not all
   * @param pid the process that has sent it; 0 if that is not known here
   * @param uid its user; -1 if that is not known
   */
  public record Datagram(ByteBuffer bytes, boolean tooLong, int pid, int uid) {}

  /** What a look for a datagram came to. */
  public sealed interface Outcome {
    /** There was one. */
    record Received(Datagram datagram) implements Outcome {}

    /** There was none, or it could not be had. */
    record Nothing(int errno) implements Outcome {}
  }

  /** For datagrams of at most so many bytes. */
  public DatagramReader(Libc libc, Sockets sockets, int bytesMax) {
    this.libc = libc;
    this.sockets = sockets;
    this.bytesMax = bytesMax;
    this.memory = new NativeMemory(DATA_AT + bytesMax);
  }

  /** The next datagram, if there is one. */
  public Outcome receive(int descriptor) {
    ByteBuffer buffer = memory.buffer();
    long address = memory.address();
    buffer.putLong(0, 0).putInt(8, 0).putLong(16, address + VECTOR_AT).putLong(24, 1);
    buffer.putLong(32, address + CONTROL_AT).putLong(40, CONTROL_BYTES).putInt(48, 0);
    buffer.putLong(VECTOR_AT, address + DATA_AT).putLong(VECTOR_AT + 8, bytesMax);
    long count =
        CFunction.checked(
            sockets.binding().recvmsg(descriptor, address, MSG_DONTWAIT | MSG_CMSG_CLOEXEC));
    if (count < 0) {
      return new Outcome.Nothing((int) -count);
    }
    byte[] bytes = new byte[(int) count];
    buffer.get(DATA_AT, bytes);
    boolean tooLong = (buffer.getInt(48) & MSG_TRUNC) != 0;
    return new Outcome.Received(withSender(bytes, tooLong));
  }

  private Datagram withSender(byte[] bytes, boolean tooLong) {
    ByteBuffer buffer = memory.buffer();
    int pid = 0;
    int uid = -1;
    int end = CONTROL_AT + (int) Math.min(buffer.getLong(40), CONTROL_BYTES);
    for (int at = CONTROL_AT; at + HEAD_BYTES <= end; ) {
      int length = (int) buffer.getLong(at);
      if (length < HEAD_BYTES || at + length > end) {
        break;
      }
      boolean ours = buffer.getInt(at + 8) == SOL_SOCKET;
      int type = buffer.getInt(at + 12);
      if (ours && type == SCM_CREDENTIALS) {
        pid = buffer.getInt(at + HEAD_BYTES);
        uid = buffer.getInt(at + HEAD_BYTES + 4);
      } else if (ours && type == SCM_RIGHTS) {
        closeAll(at + HEAD_BYTES, at + length);
      }
      at += (length + 7) & ~7;
    }
    return new Datagram(ByteBuffer.wrap(bytes), tooLong, pid, uid);
  }

  private void closeAll(int from, int to) {
    for (int at = from; at + Integer.BYTES <= to; at += Integer.BYTES) {
      libc.close(memory.buffer().getInt(at));
    }
  }
}
