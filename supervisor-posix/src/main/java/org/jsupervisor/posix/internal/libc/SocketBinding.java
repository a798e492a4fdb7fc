package org.jsupervisor.posix.internal.libc;

/**
 * The C functions that only notification sockets need. Apart from {@link LibcBinding}, and loaded
 * when the first of them is opened: each function costs a millisecond of start time, which a host
 * without such children does not pay. What is said there of arguments holds here.
 */
public interface SocketBinding {
  int socket(int domain, int type, int protocol);

  int bind(int descriptor, long address, int addressBytes);

  int setsockopt(int descriptor, int level, int option, long value, int valueBytes);

  long recvmsg(int descriptor, long message, int flags);

  int getsid(int pid);
}
