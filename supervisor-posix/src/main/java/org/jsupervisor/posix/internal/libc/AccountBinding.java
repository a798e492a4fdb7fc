package org.jsupervisor.posix.internal.libc;

/** The C functions that only a change of user needs, as {@link LibcBinding} has the others. */
@SuppressWarnings("MemberName") // as C has it
final class AccountBinding {
  private final CFunction getpwnamR;
  private final CFunction getpwuidR;
  private final CFunction getgrnamR;
  private final CFunction getgrouplist;

  AccountBinding(CLibrary library) {
    getpwnamR = library.function("getpwnam_r", 5);
    getpwuidR = library.function("getpwuid_r", 5);
    getgrnamR = library.function("getgrnam_r", 5);
    getgrouplist = library.function("getgrouplist", 4);
  }

  int getpwnam_r(long name, long passwd, long buffer, long bytes, long result) {
    return (int) getpwnamR.call(name, passwd, buffer, bytes, result);
  }

  int getpwuid_r(int uid, long passwd, long buffer, long bytes, long result) {
    return (int) getpwuidR.call(uid, passwd, buffer, bytes, result);
  }

  int getgrnam_r(long name, long group, long buffer, long bytes, long result) {
    return (int) getgrnamR.call(name, group, buffer, bytes, result);
  }

  int getgrouplist(long user, int gid, long groups, long count) {
    return (int) getgrouplist.call(user, gid, groups, count);
  }
}
