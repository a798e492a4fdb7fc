package org.jsupervisor.posix.internal.libc;

/** The C functions that only datagram sockets need, as {@link LibcBinding} has the others. */
final class SocketBinding {
  private final CFunction socket;
  private final CFunction bind;
  private final CFunction setsockopt;
  private final CFunction recvmsg;
  private final CFunction sendto;
  private final CFunction getsid;

  SocketBinding(CLibrary library) {
    socket = library.function("socket", 3);
    bind = library.function("bind", 3);
    setsockopt = library.function("setsockopt", 5);
    recvmsg = library.function("recvmsg", 3);
    sendto = library.function("sendto", 6);
    getsid = library.function("getsid", 1);
  }

  int socket(int domain, int type, int protocol) {
    return (int) socket.call(domain, type, protocol);
  }

  int bind(int descriptor, long address, int addressBytes) {
    return (int) bind.call(descriptor, address, addressBytes);
  }

  int setsockopt(int descriptor, int level, int option, long value, int valueBytes) {
    return (int) setsockopt.call(descriptor, level, option, value, valueBytes);
  }

  long recvmsg(int descriptor, long message, int flags) {
    return recvmsg.call(descriptor, message, flags);
  }

  long sendto(int descriptor, Block data, int flags, Block address) {
    return sendto.call(descriptor, data.at, data.bytes, flags, address.at, address.bytes);
  }

  /** So many bytes at an address. */
  record Block(long at, int bytes) {}

  int getsid(int pid) {
    return (int) getsid.call(pid);
  }
}
