package org.jsupervisor.posix.internal.libc;

import java.lang.ref.Reference;

/**
 * What a new process does between clone and exec, in this order. Every result is checked: an action
 * that is silently missing would give the child a wrong stdout.
 *
 * <p>Not thread-safe. Must be closed.
 */
public final class FileActions implements AutoCloseable {
  // 80 in glibc and musl.
  private static final int BYTES = 256;

  private final LibcBinding binding;
  private final NativeMemory actions = new NativeMemory(BYTES);

  /** An empty list. */
  public FileActions(Libc libc) throws SyscallException {
    binding = libc.binding();
    check(binding.posix_spawn_file_actions_init(actions.address()), "init", "");
  }

  /** The child has {@code to} as a copy of our {@code from}; not closed at exec. */
  public void duplicate(int from, int to) throws SyscallException {
    int result = binding.posix_spawn_file_actions_adddup2(actions.address(), from, to);
    check(result, "adddup2", from + ", " + to);
  }

  /** The child does not have this one. */
  public void close(int descriptor) throws SyscallException {
    int result = binding.posix_spawn_file_actions_addclose(actions.address(), descriptor);
    check(result, "addclose", Integer.toString(descriptor));
  }

  /** The child has none from this one on. */
  public void closeFrom(int lowest) throws SyscallException {
    int result = binding.posix_spawn_file_actions_addclosefrom_np(actions.address(), lowest);
    check(result, "addclosefrom_np", Integer.toString(lowest));
  }

  /** The child works in this directory. */
  public void changeDirectory(String directory) throws SyscallException {
    CString path = CString.of(directory);
    try {
      int result = binding.posix_spawn_file_actions_addchdir_np(actions.address(), path.address());
      check(result, "addchdir_np", directory);
    } finally {
      Reference.reachabilityFence(path);
    }
  }

  long address() {
    return actions.address();
  }

  /** Releases what C has allocated for the list. */
  @Override
  public void close() {
    binding.posix_spawn_file_actions_destroy(actions.address());
  }

  private static void check(int errno, String what, String subject) throws SyscallException {
    if (errno != 0) {
      throw new SyscallException("posix_spawn_file_actions_" + what, errno, subject);
    }
  }
}
