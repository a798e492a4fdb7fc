package org.jsupervisor.posix.internal.libc;

/**
 * The C functions, as JNR binds them. Public, and its package opened, only because the class that
 * JNR generates lives in another module.
 *
 * <p>Addresses are {@code long}: the fastest mapping, and it keeps JNR types out of signatures.
 *
 * <p><b>Exactly six arguments are forbidden here.</b> JNR-FFI compiles such a call wrongly on
 * x86-64: the callee gets the return address as its sixth argument. A seventh argument, which the
 * callee never looks at, selects JNR's generic path, which is right ({@code LibcBindingTest}).
 */
@SuppressWarnings({"MemberName", "checkstyle:MethodName"}) // the names are those of C
public interface LibcBinding {
  int posix_spawn(
      long pid, long path, long actions, long attributes, long argv, long envp, long padding);

  int posix_spawnattr_init(long attributes);

  int posix_spawnattr_setflags(long attributes, short flags);

  int posix_spawnattr_setsigmask(long attributes, long signals);

  int posix_spawnattr_setsigdefault(long attributes, long signals);

  int posix_spawn_file_actions_init(long actions);

  int posix_spawn_file_actions_destroy(long actions);

  int posix_spawn_file_actions_adddup2(long actions, int from, int to);

  int posix_spawn_file_actions_addclose(long actions, int descriptor);

  int posix_spawn_file_actions_addchdir_np(long actions, long path);

  int posix_spawn_file_actions_addclosefrom_np(long actions, int lowest);

  int waitid(int idType, int id, long info, int options);

  int kill(int pid, int signal);

  int pipe2(long ends, int flags);

  int open(long path, int flags, int mode);

  int access(long path, int mode);

  int fcntl(int descriptor, int command, long argument);

  long read(int descriptor, long address, long bytes);

  long write(int descriptor, long address, long bytes);

  long pwrite(int descriptor, long address, long bytes, long position);

  int memfd_create(long name, int flags);

  int mkfifo(long path, int mode);

  int close(int descriptor);

  int eventfd(int initial, int flags);

  int epoll_create1(int flags);

  int epoll_ctl(int epoll, int operation, int descriptor, long event);

  int epoll_wait(int epoll, long events, int eventsMax, int timeoutMillis);

  long syscall(long number, long first, long second, long third, long fourth);

  int __libc_current_sigrtmin();

  int __libc_current_sigrtmax();
}
