package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** UNIX datagram sockets, which the JDK does not have. Thread-safe. */
public final class Sockets {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  // 16 on all architectures that are supported but POWER.
  private static final int SO_PASSCRED =
      System.getProperty("os.arch", "").startsWith("ppc") ? 20 : 16;
  private static final int NAME_BYTES_MAX = 107;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final SocketBinding binding;

  private Sockets(SocketBinding binding) {
    this.binding = binding;
  }

  /** Looks up what is needed for it. */
  public static Sockets load() {
    return new Sockets(new SocketBinding(CLibrary.load()));
  }

  SocketBinding binding() {
    return binding;
  }

  /**
   * A datagram socket with an abstract name: it belongs to the network namespace, not to a
   * directory, so a child can reach it from another root directory and with another user. Does not
   * block, is not inherited, and tells who has sent.
   *
   * @param name in ASCII, without the NUL that makes it abstract
   */
  public int openAbstract(Libc libc, String name) throws SyscallException {
    int descriptor = open();
    try {
      tellSenders(descriptor);
      bind(descriptor, name);
      return descriptor;
    } catch (SyscallException | RuntimeException | Error e) {
      libc.close(descriptor);
      throw e;
    }
  }

  /** A datagram socket without a name, to send from. Does not block, is not inherited. */
  public int open() throws SyscallException {
    return Libc.orThrow(
        CFunction.checked(binding.socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
        "socket",
        "AF_UNIX");
  }

  /**
   * Sends a datagram to a socket in the file system, never waiting. Each is sent by the path, so it
   * finds who listens there now.
   *
   * @param data of which the bytes up to the limit are sent
   * @param address made by {@link #address}
   */
  public void send(int descriptor, NativeMemory data, NativeMemory address)
      throws SyscallException {
    try {
      long result =
          CFunction.checked(
              binding.sendto(
                  descriptor,
                  new SocketBinding.Block(data.address(), data.buffer().limit()),
                  MSG_DONTWAIT | MSG_NOSIGNAL,
                  new SocketBinding.Block(address.address(), address.buffer().capacity())));
      int unused = Libc.orThrow((int) result, "sendto", "AF_UNIX");
    } finally {
      Reference.reachabilityFence(data);
      Reference.reachabilityFence(address);
    }
  }

  /** The address of a socket in the file system: the family as a short, the path, a NUL. */
  public static NativeMemory address(byte[] path) {
    if (path.length == 0 || path.length > NAME_BYTES_MAX) {
      throw new IllegalArgumentException("path of a socket must be 1 to 107 bytes");
    }
    NativeMemory address = new NativeMemory(Short.BYTES + path.length + 1);
    address.buffer().putShort(0, (short) AF_UNIX).put(Short.BYTES, path);
    return address;
  }

  private void tellSenders(int descriptor) throws SyscallException {
    NativeMemory on = new NativeMemory(Integer.BYTES);
    on.buffer().putInt(0, 1);
    try {
      int result =
          binding.setsockopt(descriptor, SOL_SOCKET, SO_PASSCRED, on.address(), Integer.BYTES);
      Libc.orThrow(CFunction.checked(result), "setsockopt", "SO_PASSCRED");
    } finally {
      Reference.reachabilityFence(on);
    }
  }

  /** The address: the family as a short, a NUL, the name. */
  private void bind(int descriptor, String name) throws SyscallException {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > NAME_BYTES_MAX) {
      throw new IllegalArgumentException("socket name '" + name + "' must be at most 107 bytes");
    }
    int length = Short.BYTES + 1 + bytes.length;
    NativeMemory address = new NativeMemory(length);
    address.buffer().putShort(0, (short) AF_UNIX).put(Short.BYTES + 1, bytes);
    try {
      Libc.orThrow(
          CFunction.checked(binding.bind(descriptor, address.address(), length)), "bind", name);
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  /**
   * The session of a process; empty if there is no such process. 0: its leader is outside of this
   * pid namespace.
   */
  public OptionalInt session(int pid) {
    int session = CFunction.checked(binding.getsid(pid));
    return session < 0 ? OptionalInt.empty() : OptionalInt.of(session);
  }
}
