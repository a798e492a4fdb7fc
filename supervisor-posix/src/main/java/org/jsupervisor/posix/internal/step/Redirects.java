package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NamedFiles;
import org.jsupervisor.spec.FileStep.Redirect;
import org.jsupervisor.spec.LaunchStep.Kind;

/**
 * The files that one child gets as its stdio, open until it has been started. Opened here and not
 * in the new process, where an error could not be told from any other. Must be closed; not
 * thread-safe.
 */
public final class Redirects implements AutoCloseable {
  private final Libc libc;
  private final Map<Redirect.Stream, Integer> descriptors = new EnumMap<>(Redirect.Stream.class);
  private final List<Integer> opened = new ArrayList<>();

  private Redirects(Libc libc) {
    this.libc = libc;
  }

  /** Opens all, or none. */
  static Redirects open(Libc libc, List<Redirect> steps) throws StepRefusedException {
    Redirects result = new Redirects(libc);
    try {
      for (Redirect step : steps) {
        result.open(step, steps);
      }
      return result;
    } catch (StepRefusedException | RuntimeException | Error e) {
      result.close();
      throw e;
    }
  }

  /** What the child's stream is a copy of: this, or {@code otherwise}. */
  public int source(Redirect.Stream stream, int otherwise) {
    return descriptors.getOrDefault(stream, otherwise);
  }

  private void open(Redirect step, List<Redirect> steps) throws StepRefusedException {
    for (Redirect other : steps) {
      Integer known = descriptors.get(other.stream());
      boolean same = other.file().equals(step.file()) && other.opening() == step.opening();
      if (known != null && same) {
        descriptors.put(step.stream(), known);
        return;
      }
    }
    int descriptor = libc.aboveStdio(openFile(step));
    if (descriptor < 0) {
      String problem =
          descriptor == -Errno.ELOOP ? "must not be a symbolic link" : Errno.text(-descriptor);
      throw new StepRefusedException(
          Kind.REDIRECT, -descriptor, "'" + step.file() + "': " + problem);
    }
    opened.add(descriptor);
    descriptors.put(step.stream(), descriptor);
    libc.makeBlocking(descriptor);
  }

  /** The descriptor, or the negated error. Never waits for the other end of a pipe. */
  private int openFile(Redirect step) {
    CString path = CString.of(step.file().toString());
    if (isFifo(step.file())) {
      return libc.files().open(path, NamedFiles.O_RDWR, 0);
    }
    int flags =
        switch (step.opening()) {
          case READ -> NamedFiles.O_RDONLY;
          case APPEND -> NamedFiles.O_WRONLY | NamedFiles.O_APPEND | NamedFiles.O_NOFOLLOW;
          case TRUNCATE -> NamedFiles.O_WRONLY | NamedFiles.O_TRUNC | NamedFiles.O_NOFOLLOW;
        };
    if (step.opening() == Redirect.Opening.READ) {
      return libc.files().open(path, flags, 0);
    }
    int made = libc.files().open(path, flags | NamedFiles.O_CREAT | NamedFiles.O_EXCL, 0600);
    if (made == -Errno.EEXIST) {
      return libc.files().open(path, flags, 0);
    }
    if (made >= 0) {
      int result = libc.files().setMode(made, step.mode());
      if (result < 0) {
        libc.close(made);
        return result;
      }
    }
    return made;
  }

  private static boolean isFifo(Path file) {
    try {
      return Files.exists(file) && OwnedFiles.isFifo(file);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    opened.forEach(libc::close);
    opened.clear();
  }
}
