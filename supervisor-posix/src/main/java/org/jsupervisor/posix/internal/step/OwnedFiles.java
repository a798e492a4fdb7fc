package org.jsupervisor.posix.internal.step;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jsupervisor.posix.UserChanges;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NamedFiles;
import org.jsupervisor.spec.FileStep.Fifo;
import org.jsupervisor.spec.FileStep.RunDirectory;
import org.jsupervisor.spec.LaunchStep.Kind;

/**
 * Makes run directories and named pipes, and gives them their owner and mode. Nothing is followed:
 * whoever may write in the directory above could otherwise have any file given to himself.
 */
final class OwnedFiles {
  private static final int TYPE_BITS = 0170000;
  private static final int FIFO_TYPE = 0010000;

  private final Libc libc;
  private final Identities identities;
  private final UserChanges userChanges;

  OwnedFiles(Libc libc, Identities identities, UserChanges userChanges) {
    this.libc = libc;
    this.identities = identities;
    this.userChanges = userChanges;
  }

  void make(RunDirectory step) throws StepRefusedException {
    try {
      if (!Files.exists(step.path(), NOFOLLOW_LINKS)) {
        Path parent = step.path().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        makeClosed(step.path());
      }
      if (!Files.isDirectory(step.path(), NOFOLLOW_LINKS)) {
        throw taken(Kind.RUN_DIRECTORY, step.path(), "a directory");
      }
      own(Kind.RUN_DIRECTORY, step.path(), step.owner(), step.group());
      if (mode(step.path()) != step.mode()) {
        Files.setAttribute(step.path(), "unix:mode", step.mode(), NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw refused(Kind.RUN_DIRECTORY, step.path(), e);
    }
  }

  /** Closed to others until it has its owner. */
  private static void makeClosed(Path path) throws IOException {
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // Another child's launch, or another host, was faster: what is there is looked at next.
    }
  }

  void make(Fifo step) throws StepRefusedException {
    try {
      if (!Files.exists(step.path(), NOFOLLOW_LINKS)) {
        int result = libc.files().makeFifo(CString.of(step.path().toString()), 0600);
        if (result < 0 && result != -Errno.EEXIST) {
          throw new StepRefusedException(
              Kind.FIFO, -result, "'" + step.path() + "' cannot be made: " + Errno.text(-result));
        }
      }
      if (!isFifo(step.path())) {
        throw taken(Kind.FIFO, step.path(), "a named pipe");
      }
      own(Kind.FIFO, step.path(), step.owner(), step.group());
      setMode(step);
    } catch (IOException e) {
      throw refused(Kind.FIFO, step.path(), e);
    }
  }

  /** By an open file, as a path would be followed; only if needed, as others see it opened. */
  private void setMode(Fifo step) throws IOException, StepRefusedException {
    if (mode(step.path()) == step.mode()) {
      return;
    }
    String path = step.path().toString();
    int result = libc.files().open(CString.of(path), NamedFiles.O_RDWR | NamedFiles.O_NOFOLLOW, 0);
    if (result >= 0) {
      int descriptor = result;
      result = libc.files().setMode(descriptor, step.mode());
      libc.close(descriptor);
    }
    if (result < 0) {
      throw new StepRefusedException(
          Kind.FIFO, -result, "the mode of '" + path + "' cannot be set: " + Errno.text(-result));
    }
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) & ~TYPE_BITS;
  }

  static boolean isFifo(Path path) throws IOException {
    return ((int) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) & TYPE_BITS) == FIFO_TYPE;
  }

  private void own(Kind kind, Path path, Optional<String> owner, Optional<String> group)
      throws IOException, StepRefusedException {
    if (userChanges == UserChanges.SWITCHED_OFF) {
      return;
    }
    if (owner.isPresent()) {
      set(path, "unix:uid", identities.user(kind, owner.get()));
    }
    if (group.isPresent()) {
      set(path, "unix:gid", identities.group(kind, group.get()));
    }
  }

  /** Only what is different, which needs no privilege if nothing is. */
  private static void set(Path path, String attribute, long id) throws IOException {
    if ((int) Files.getAttribute(path, attribute, NOFOLLOW_LINKS) != (int) id) {
      Files.setAttribute(path, attribute, (int) id, NOFOLLOW_LINKS);
    }
  }

  private static StepRefusedException taken(Kind kind, Path path, String what) {
    return new StepRefusedException(kind, Errno.EEXIST, "'" + path + "' must be " + what);
  }

  private static StepRefusedException refused(Kind kind, Path path, IOException cause) {
    int errno = Errno.EPERM;
    if (cause instanceof NoSuchFileException) {
      errno = Errno.ENOENT;
    } else if (cause instanceof AccessDeniedException) {
      errno = Errno.EACCES;
    }
    return new StepRefusedException(kind, errno, "'" + path + "' cannot be made so: " + cause);
  }
}
