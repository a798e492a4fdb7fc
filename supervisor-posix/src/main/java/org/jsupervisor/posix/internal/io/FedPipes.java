package org.jsupervisor.posix.internal.io;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NamedFiles;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;

/**
 * The pipes through which children feed children, one for each that is fed. Both ends are kept here
 * and never given away: the reading end, so that nobody who feeds it is ended by SIGPIPE and
 * nothing that was written is lost; the writing end, so that who reads sees no end before it is to.
 *
 * <p>Each run gets an open file of its own, by way of {@code /proc/self/fd}: a program that makes
 * its stdin or stdout non-blocking does so to itself only. Thread-safe; nothing here waits for the
 * other end of a pipe.
 */
public final class FedPipes {
  private static final int CLOSED = -1;

  private final Libc libc;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock, as what is in it.
  private final Map<ChildId, Pipe> pipes = new HashMap<>();
  private boolean closed;

  private static final class Pipe {
    final int readEnd;
    int writeEnd;
    @Nullable Incarnation reader;

    Pipe(int readEnd, int writeEnd) {
      this.readEnd = readEnd;
      this.writeEnd = writeEnd;
    }
  }

  /** Has no pipes yet. */
  public FedPipes(Libc libc) {
    this.libc = libc;
  }

  /**
   * The reading end of the pipe of the child whose run this is, which is not at its end any more.
   * To be closed by the caller.
   */
  public int openToRead(Incarnation run) throws SyscallException {
    lock.lock();
    try {
      Pipe pipe = pipe(run.child());
      if (pipe.writeEnd == CLOSED) {
        pipe.writeEnd = reopened(pipe, NamedFiles.O_WRONLY);
      }
      int descriptor = reopened(pipe, NamedFiles.O_RDONLY);
      pipe.reader = run;
      return descriptor;
    } finally {
      lock.unlock();
    }
  }

  /** The writing end of the pipe of this child. To be closed by the caller. */
  public int openToWrite(ChildId consumer) throws SyscallException {
    lock.lock();
    try {
      return reopened(pipe(consumer), NamedFiles.O_WRONLY);
    } finally {
      lock.unlock();
    }
  }

  private Pipe pipe(ChildId consumer) throws SyscallException {
    if (closed) {
      throw new SyscallException("pipe2", Errno.EBADF, "the platform is closed");
    }
    Pipe known = pipes.get(consumer);
    if (known != null) {
      return known;
    }
    PipeEnds ends = libc.blockingPipe();
    int readEnd = libc.aboveStdio(ends.readEnd());
    int writeEnd = libc.aboveStdio(ends.writeEnd());
    if (readEnd < 0 || writeEnd < 0) {
      closeIfOpen(readEnd);
      closeIfOpen(writeEnd);
      throw new SyscallException("fcntl", -Math.min(readEnd, writeEnd), "F_DUPFD_CLOEXEC");
    }
    Pipe made = new Pipe(readEnd, writeEnd);
    pipes.put(consumer, made);
    return made;
  }

  private int reopened(Pipe pipe, int flags) throws SyscallException {
    String path = "/proc/self/fd/" + pipe.readEnd;
    int descriptor = libc.aboveStdio(libc.files().open(CString.of(path), flags, 0));
    Libc.orThrow(descriptor, "open", path);
    libc.makeBlocking(descriptor);
    return descriptor;
  }

  /** Nothing is kept that would hold off the end of what the run reads. */
  public void end(Incarnation run) {
    lock.lock();
    try {
      Pipe pipe = pipes.get(run.child());
      if (pipe != null && run.equals(pipe.reader)) {
        closeIfOpen(pipe.writeEnd);
        pipe.writeEnd = CLOSED;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads or writes it any more. */
  public void retire(ChildId consumer) {
    lock.lock();
    try {
      Pipe pipe = pipes.remove(consumer);
      if (pipe != null) {
        close(pipe);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes all; there will be no others. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      pipes.values().forEach(this::close);
      pipes.clear();
    } finally {
      lock.unlock();
    }
  }

  private void close(Pipe pipe) {
    closeIfOpen(pipe.writeEnd);
    closeIfOpen(pipe.readEnd);
  }

  private void closeIfOpen(int descriptor) {
    if (descriptor >= 0) {
      libc.close(descriptor);
    }
  }
}
