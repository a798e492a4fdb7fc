package org.jsupervisor.posix.internal.spawn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.posix.internal.io.Inputs;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NamedFiles;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.InputSpec;

/**
 * What is open here only until one child has its copy: its input, and its ends of the pipes of
 * siblings. Closed when the child has been started, or has not. Not thread-safe.
 */
final class GivenEnds implements AutoCloseable {
  private final Libc libc;
  private final Inputs inputs;
  private final List<Integer> open = new ArrayList<>();

  GivenEnds(Libc libc, Inputs inputs) {
    this.libc = libc;
    this.inputs = inputs;
  }

  /** What the run is to read; {@code devNull} if nothing. */
  int input(LaunchRequest request, int devNull)
      throws SyscallException, SteppedLaunch.RefusedLaunchException {
    InputSpec input = request.spec().input();
    return switch (input.kind()) {
      case NONE -> devNull;
      case FILE -> file(((InputSpec.File) input).path());
      case WRITTEN -> kept(inputs.written().open(request.incarnation()));
      case FED -> kept(inputs.fed().openToRead(request.incarnation()));
    };
  }

  /** What leads to a sibling. */
  int sibling(ChildId consumer) throws SyscallException {
    return kept(inputs.fed().openToWrite(consumer));
  }

  /** Looked at before, as opening a device may do something, and after, as it may be another. */
  private int file(Path path) throws SyscallException, SteppedLaunch.RefusedLaunchException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw irregular(path);
    }
    int flags = NamedFiles.O_RDONLY;
    int descriptor = libc.aboveStdio(libc.files().open(CString.of(path.toString()), flags, 0));
    if (descriptor < 0) {
      if (Errno.isShortage(-descriptor)) {
        throw new SyscallException("open", -descriptor, path.toString());
      }
      throw refused(-descriptor, path, Errno.text(-descriptor));
    }
    open.add(descriptor);
    if (!Files.isRegularFile(Path.of("/proc/self/fd/" + descriptor))) {
      throw irregular(path);
    }
    libc.makeBlocking(descriptor);
    return descriptor;
  }

  private static SteppedLaunch.RefusedLaunchException irregular(Path path) {
    return refused(Errno.EINVAL, path, "must be a regular file");
  }

  private static SteppedLaunch.RefusedLaunchException refused(int errno, Path path, String rule) {
    return new SteppedLaunch.RefusedLaunchException(LaunchDiagnosis.ofInput(errno, path, rule));
  }

  private int kept(int descriptor) {
    open.add(descriptor);
    return descriptor;
  }

  @Override
  public void close() {
    for (int descriptor : open) {
      libc.close(descriptor);
    }
    open.clear();
  }
}
