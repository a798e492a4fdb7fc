package org.jsupervisor.posix.internal.libc;

/** The C functions, with the names and results of C. Addresses are {@code long}. Thread-safe. */
@SuppressWarnings("MemberName") // as C has it
final class LibcBinding {
  private final CFunction posixSpawn;
  private final CFunction posixSpawnattrInit;
  private final CFunction posixSpawnattrSetflags;
  private final CFunction posixSpawnattrSetsigmask;
  private final CFunction posixSpawnattrSetsigdefault;
  private final CFunction posixSpawnFileActionsInit;
  private final CFunction posixSpawnFileActionsDestroy;
  private final CFunction posixSpawnFileActionsAdddup2;
  private final CFunction posixSpawnFileActionsAddclose;
  private final CFunction posixSpawnFileActionsAddchdirNp;
  private final CFunction posixSpawnFileActionsAddclosefromNp;
  private final CFunction waitid;
  private final CFunction kill;
  private final CFunction pipe2;
  private final CFunction open;
  private final CFunction access;
  private final CFunction fcntl;
  private final CFunction read;
  private final CFunction write;
  private final CFunction close;
  private final CFunction eventfd;
  private final CFunction epollCreate1;
  private final CFunction epollCtl;
  private final CFunction epollWait;
  private final CFunction syscall;
  private final CFunction libcCurrentSigrtmin;
  private final CFunction libcCurrentSigrtmax;
  private final CFunction wait4;
  private final CFunction getrusage;
  private final CFunction clockGettime;
  private final CFunction getpagesize;
  private final CFunction ioctl;
  private final CFunction pwrite;
  private final CFunction pread;
  private final CFunction memfdCreate;
  private final CFunction mkfifo;
  private final CFunction fchmod;
  private final CFunction getrandom;
  private final CFunction mmap;
  private final CFunction munmap;
  private final CFunction getpid;

  LibcBinding(CLibrary library) {
    posixSpawn = library.function("posix_spawn", 6);
    posixSpawnattrInit = library.function("posix_spawnattr_init", 1);
    posixSpawnattrSetflags = library.function("posix_spawnattr_setflags", 2);
    posixSpawnattrSetsigmask = library.function("posix_spawnattr_setsigmask", 2);
    posixSpawnattrSetsigdefault = library.function("posix_spawnattr_setsigdefault", 2);
    posixSpawnFileActionsInit = library.function("posix_spawn_file_actions_init", 1);
    posixSpawnFileActionsDestroy = library.function("posix_spawn_file_actions_destroy", 1);
    posixSpawnFileActionsAdddup2 = library.function("posix_spawn_file_actions_adddup2", 3);
    posixSpawnFileActionsAddclose = library.function("posix_spawn_file_actions_addclose", 2);
    posixSpawnFileActionsAddchdirNp = library.function("posix_spawn_file_actions_addchdir_np", 2);
    posixSpawnFileActionsAddclosefromNp =
        library.function("posix_spawn_file_actions_addclosefrom_np", 2);
    waitid = library.function("waitid", 4);
    kill = library.function("kill", 2);
    pipe2 = library.function("pipe2", 2);
    open = library.function("open", 3);
    access = library.function("access", 2);
    fcntl = library.function("fcntl", 3);
    read = library.function("read", 3);
    write = library.function("write", 3);
    close = library.function("close", 1);
    eventfd = library.function("eventfd", 2);
    epollCreate1 = library.function("epoll_create1", 1);
    epollCtl = library.function("epoll_ctl", 4);
    epollWait = library.function("epoll_wait", 4);
    syscall = library.function("syscall", 5);
    libcCurrentSigrtmin = library.function("__libc_current_sigrtmin", 0);
    libcCurrentSigrtmax = library.function("__libc_current_sigrtmax", 0);
    wait4 = library.function("wait4", 4);
    getrusage = library.function("getrusage", 2);
    clockGettime = library.function("clock_gettime", 2);
    getpagesize = library.function("getpagesize", 0);
    ioctl = library.function("ioctl", 3);
    pwrite = library.function("pwrite", 4);
    pread = library.function("pread", 4);
    memfdCreate = library.function("memfd_create", 2);
    mkfifo = library.function("mkfifo", 2);
    fchmod = library.function("fchmod", 2);
    getrandom = library.function("getrandom", 3);
    mmap = library.function("mmap", 6);
    munmap = library.function("munmap", 2);
    getpid = library.function("getpid", 0);
  }

  int posix_spawn(long pid, long path, long actions, long attributes, long argv, long envp) {
    return (int) posixSpawn.call(pid, path, actions, attributes, argv, envp);
  }

  int posix_spawnattr_init(long attributes) {
    return (int) posixSpawnattrInit.call(attributes);
  }

  int posix_spawnattr_setflags(long attributes, short flags) {
    return (int) posixSpawnattrSetflags.call(attributes, flags);
  }

  int posix_spawnattr_setsigmask(long attributes, long signals) {
    return (int) posixSpawnattrSetsigmask.call(attributes, signals);
  }

  int posix_spawnattr_setsigdefault(long attributes, long signals) {
    return (int) posixSpawnattrSetsigdefault.call(attributes, signals);
  }

  int posix_spawn_file_actions_init(long actions) {
    return (int) posixSpawnFileActionsInit.call(actions);
  }

  int posix_spawn_file_actions_destroy(long actions) {
    return (int) posixSpawnFileActionsDestroy.call(actions);
  }

  int posix_spawn_file_actions_adddup2(long actions, int from, int to) {
    return (int) posixSpawnFileActionsAdddup2.call(actions, from, to);
  }

  int posix_spawn_file_actions_addclose(long actions, int descriptor) {
    return (int) posixSpawnFileActionsAddclose.call(actions, descriptor);
  }

  int posix_spawn_file_actions_addchdir_np(long actions, long path) {
    return (int) posixSpawnFileActionsAddchdirNp.call(actions, path);
  }

  int posix_spawn_file_actions_addclosefrom_np(long actions, int lowest) {
    return (int) posixSpawnFileActionsAddclosefromNp.call(actions, lowest);
  }

  int waitid(int idType, int id, long info, int options) {
    return (int) waitid.call(idType, id, info, options);
  }

  int kill(int pid, int signal) {
    return (int) kill.call(pid, signal);
  }

  int pipe2(long ends, int flags) {
    return (int) pipe2.call(ends, flags);
  }

  int open(long path, int flags, int mode) {
    return (int) open.call(path, flags, mode);
  }

  int access(long path, int mode) {
    return (int) access.call(path, mode);
  }

  int fcntl(int descriptor, int command, long argument) {
    return (int) fcntl.call(descriptor, command, argument);
  }

  long read(int descriptor, long address, long bytes) {
    return read.call(descriptor, address, bytes);
  }

  long write(int descriptor, long address, long bytes) {
    return write.call(descriptor, address, bytes);
  }

  int close(int descriptor) {
    return (int) close.call(descriptor);
  }

  int eventfd(int initial, int flags) {
    return (int) eventfd.call(initial, flags);
  }

  int epoll_create1(int flags) {
    return (int) epollCreate1.call(flags);
  }

  int epoll_ctl(int epoll, int operation, int descriptor, long event) {
    return (int) epollCtl.call(epoll, operation, descriptor, event);
  }

  int epoll_wait(int epoll, long events, int eventsMax, int timeoutMillis) {
    return (int) epollWait.call(epoll, events, eventsMax, timeoutMillis);
  }

  long syscall(long number, long first, long second, long third, long fourth) {
    return syscall.call(number, first, second, third, fourth);
  }

  int __libc_current_sigrtmin() {
    return (int) libcCurrentSigrtmin.call();
  }

  int __libc_current_sigrtmax() {
    return (int) libcCurrentSigrtmax.call();
  }

  int wait4(int pid, long status, int options, long usage) {
    return (int) wait4.call(pid, status, options, usage);
  }

  int getrusage(int who, long usage) {
    return (int) getrusage.call(who, usage);
  }

  int clock_gettime(int clock, long time) {
    return (int) clockGettime.call(clock, time);
  }

  int getpagesize() {
    return (int) getpagesize.call();
  }

  int ioctl(int descriptor, long request, long argument) {
    return (int) ioctl.call(descriptor, request, argument);
  }

  long pwrite(int descriptor, long address, long bytes, long position) {
    return pwrite.call(descriptor, address, bytes, position);
  }

  long pread(int descriptor, long address, long bytes, long position) {
    return pread.call(descriptor, address, bytes, position);
  }

  int memfd_create(long name, int flags) {
    return (int) memfdCreate.call(name, flags);
  }

  int mkfifo(long path, int mode) {
    return (int) mkfifo.call(path, mode);
  }

  int fchmod(int descriptor, int mode) {
    return (int) fchmod.call(descriptor, mode);
  }

  long getrandom(long address, long bytes, int flags) {
    return getrandom.call(address, bytes, flags);
  }

  /** From the beginning of the file, wherever the kernel likes. */
  long mmap(long bytes, int protection, int flags, int descriptor) {
    return mmap.call(0, bytes, protection, flags, descriptor, 0);
  }

  int munmap(long address, long bytes) {
    return (int) munmap.call(address, bytes);
  }

  int getpid() {
    return (int) getpid.call();
  }
}
