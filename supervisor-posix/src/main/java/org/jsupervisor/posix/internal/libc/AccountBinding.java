package org.jsupervisor.posix.internal.libc;

/**
 * The C functions that only some launch steps need. Not part of {@link LibcBinding}: each bound
 * function costs about a millisecond of start, and most hosts never call these. Public, and without
 * six-argument functions, for the reasons given there.
 */
@SuppressWarnings({"MemberName", "checkstyle:MethodName"}) // the names are those of C
public interface AccountBinding {
  int getpwnam_r(long name, long passwd, long buffer, long bytes, long result);

  int getpwuid_r(int uid, long passwd, long buffer, long bytes, long result);

  int getgrnam_r(long name, long group, long buffer, long bytes, long result);

  int getgrouplist(long user, int gid, long groups, long count);

  int mkfifo(long path, int mode);

  int fchmod(int descriptor, int mode);
}
