package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongBinaryOperator;

/**
 * Users and groups as the C library sees them, with every source that the host has configured
 * (NSS); a source on the network makes the caller wait.
 *
 * <p>Ids are unsigned numbers of 32 bits in an {@code int}. Not thread-safe.
 */
public final class Accounts {
  // struct passwd and struct group of glibc and musl on 64 bits.
  private static final int ENTRY_BYTES = 64;
  private static final int UID_AT = 16;
  private static final int USER_GID_AT = 20;
  private static final int HOME_AT = 32;
  private static final int SHELL_AT = 40;
  private static final int GID_AT = 16;
  private static final int BUFFER_BYTES_MIN = 4 * 1024;
  private static final int BUFFER_BYTES_MAX = 4 * 1024 * 1024;
  // NGROUPS_MAX of Linux.
  private static final int GROUPS_MAX = 65_536;

  private final AccountBinding binding;

  /**
   * A user of the database.
   *
   * @param name its name there
   * @param uid its number
   * @param gid its own group
   * @param home its directory
   * @param shell what it logs in with
   */
  public record Account(String name, int uid, int gid, String home, String shell) {}

  private Accounts(AccountBinding binding) {
    this.binding = binding;
  }

  /** Looks up what is needed for it. */
  public static Accounts load() {
    return new Accounts(new AccountBinding(CLibrary.load()));
  }

  /** The user of this name; empty if there is none. */
  public Optional<Account> user(String name) throws SyscallException {
    CString text = CString.of(name);
    Entry entry = new Entry();
    try {
      boolean found =
          entry.find(
              "getpwnam_r",
              name,
              (buffer, bytes) ->
                  binding.getpwnam_r(text.address(), entry.at(), buffer, bytes, entry.resultAt()));
      return found ? Optional.of(entry.account()) : Optional.empty();
    } finally {
      Reference.reachabilityFence(text);
    }
  }

  /** The user of this number; empty if there is none. */
  public Optional<Account> user(int uid) throws SyscallException {
    Entry entry = new Entry();
    boolean found =
        entry.find(
            "getpwuid_r",
            Integer.toUnsignedString(uid),
            (buffer, bytes) ->
                binding.getpwuid_r(uid, entry.at(), buffer, bytes, entry.resultAt()));
    return found ? Optional.of(entry.account()) : Optional.empty();
  }

  /** The number of the group of this name; empty if there is none. */
  public OptionalInt group(String name) throws SyscallException {
    CString text = CString.of(name);
    Entry entry = new Entry();
    try {
      boolean found =
          entry.find(
              "getgrnam_r",
              name,
              (buffer, bytes) ->
                  binding.getgrnam_r(text.address(), entry.at(), buffer, bytes, entry.resultAt()));
      return found ? OptionalInt.of(entry.fields().getInt(GID_AT)) : OptionalInt.empty();
    } finally {
      Reference.reachabilityFence(text);
    }
  }

  /** All groups that the database has the user in, and {@code gid}; in no particular order. */
  public List<Integer> groupsOf(String user, int gid) throws SyscallException {
    CString text = CString.of(user);
    NativeMemory count = new NativeMemory(Integer.BYTES);
    int room = 64;
    while (room <= GROUPS_MAX) {
      NativeMemory groups = new NativeMemory(room * Integer.BYTES);
      count.buffer().putInt(0, room);
      int result = groupList(text, gid, groups, count);
      if (result >= 0) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count.buffer().getInt(0); i++) {
          found.add(groups.buffer().getInt(i * Integer.BYTES));
        }
        return found;
      }
      room *= 4;
    }
    throw new SyscallException("getgrouplist", Errno.ERANGE, user);
  }

  private int groupList(CString user, int gid, NativeMemory groups, NativeMemory count) {
    try {
      return binding.getgrouplist(user.address(), gid, groups.address(), count.address());
    } finally {
      Reference.reachabilityFence(user);
    }
  }

  /** What the {@code get..._r} functions fill. */
  private static final class Entry {
    private final NativeMemory entry = new NativeMemory(ENTRY_BYTES);
    private final NativeMemory result = new NativeMemory(Long.BYTES);
    private NativeMemory buffer = new NativeMemory(BUFFER_BYTES_MIN);

    long at() {
      return entry.address();
    }

    long resultAt() {
      return result.address();
    }

    ByteBuffer fields() {
      return entry.buffer();
    }

    /** Whether there is one; with a bigger buffer until it fits. */
    boolean find(String call, String subject, LongBinaryOperator lookUp) throws SyscallException {
      int bytes = BUFFER_BYTES_MIN;
      while (true) {
        buffer = new NativeMemory(bytes);
        result.buffer().putLong(0, 0);
        int errno = (int) lookUp.applyAsLong(buffer.address(), bytes);
        if (errno == Errno.ERANGE && bytes < BUFFER_BYTES_MAX) {
          bytes *= 4;
        } else if (errno == 0 || isNotFound(errno)) {
          return result.buffer().getLong(0) != 0;
        } else {
          throw new SyscallException(call, errno, subject);
        }
      }
    }

    /** What POSIX leaves open: some sources say "no such" with an error. */
    private static boolean isNotFound(int errno) {
      return errno == Errno.ENOENT || errno == Errno.ESRCH;
    }

    Account account() {
      return new Account(
          text(0),
          fields().getInt(UID_AT),
          fields().getInt(USER_GID_AT),
          text(HOME_AT),
          text(SHELL_AT));
    }

    /** The text to which the field here points; empty if to none, as some sources leave it. */
    private String text(int field) {
      if (fields().getLong(field) == 0) {
        return "";
      }
      int at = (int) (fields().getLong(field) - buffer.address());
      ByteBuffer texts = buffer.buffer();
      int end = at;
      while (texts.get(end) != 0) {
        end++;
      }
      byte[] text = new byte[end - at];
      texts.get(at, text);
      return CString.text(text);
    }
  }
}
