package org.jsupervisor.posix.internal.guard;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Epoll;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.ExecImage;
import org.jsupervisor.posix.internal.libc.FileActions;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.PosixSpawn;
import org.jsupervisor.posix.internal.libc.SharedCell;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;

/**
 * The process that waits for the end of the host: {@code sh} with a script of ours, in a session of
 * its own. It blocks in a read of a pipe whose only writer is the host, so it costs nothing. It has
 * none of the host's environment but PATH: it must not be taken for a leftover of the supervisor
 * that the host itself may run under.
 *
 * <p>Not thread-safe.
 */
final class GuardProcess {
  private static final String SCRIPT = "guard.sh";
  private static final String SHELL = "/bin/sh";
  private static final String SCRIPT_FOR_SHELL = "/proc/self/fd/4";
  private static final String TITLE = "jsupervisor-guard";
  private static final String USUAL_PATH = "/usr/bin:/bin";
  private static final String READY = "ready\n";
  private static final long READY_NANOS_MAX = 5_000_000_000L;
  private static final int ANSWER_BYTES_MAX = 256;
  private static final int ABOVE_INHERITED = 10;

  private final Libc libc;
  private final int pid;
  private final int lifeLine;
  private final WaitInfo info = new WaitInfo();

  private GuardProcess(Libc libc, int pid, int lifeLine) {
    this.libc = libc;
    this.pid = pid;
    this.lifeLine = lifeLine;
  }

  /** Starts it, and waits until it says that it has all that it needs. */
  static GuardProcess start(Libc libc, RunTable table, Map<String, String> hostEnvironment)
      throws GuardUnavailableException {
    try (Descriptors held = new Descriptors(libc)) {
      int script = held.add(high(libc, scriptFile(libc, held)));
      int tableFile = held.add(high(libc, table.descriptor()));
      int pidFile = held.add(high(libc, table.startedPid().descriptor()));
      PipeEnds life = held.add(libc.blockingPipe());
      PipeEnds ready = held.add(libc.pipe());
      var inherited = List.of(life.readEnd(), ready.writeEnd(), tableFile, script, pidFile);
      int pid = spawn(libc, inherited, hostEnvironment.getOrDefault("PATH", USUAL_PATH));
      var guard = new GuardProcess(libc, pid, life.writeEnd());
      try {
        held.close(ready.writeEnd());
        requireReady(answer(libc, ready.readEnd()));
      } catch (SyscallException | GuardUnavailableException | RuntimeException | Error e) {
        // While the life-line is open: that it is closed would be the end of the host to it.
        guard.kill();
        throw e;
      }
      held.keep(life.writeEnd());
      return guard;
    } catch (SyscallException e) {
      throw new GuardUnavailableException(Errno.name(e.errno()), String.valueOf(e.getMessage()));
    }
  }

  private static void requireReady(String answer) throws GuardUnavailableException {
    if (!answer.equals(READY)) {
      throw new GuardUnavailableException("ENOENT", "it said '" + answer.strip() + "'");
    }
  }

  /** A copy that is not among the numbers that the guard gets. */
  private static int high(Libc libc, int descriptor) throws SyscallException {
    return Libc.orThrow(libc.duplicate(descriptor, ABOVE_INHERITED), "fcntl", "F_DUPFD_CLOEXEC");
  }

  /** The shell reads it from a file without a name, so that a listing of processes stays short. */
  private static int scriptFile(Libc libc, Descriptors held) throws SyscallException {
    byte[] text;
    try (@Nullable InputStream source = GuardProcess.class.getResourceAsStream(SCRIPT)) {
      if (source == null) {
        throw new IllegalStateException("the resource " + SCRIPT + " is missing");
      }
      text = source.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + SCRIPT + ": " + e.getMessage(), e);
    }
    int file = held.add(libc.files().memoryFile(TITLE));
    NativeMemory memory = new NativeMemory(text.length);
    memory.buffer().put(text);
    libc.writeAt(file, memory, 0);
    return file;
  }

  private static int spawn(Libc libc, List<Integer> inherited, String path)
      throws SyscallException {
    ExecImage image = new ExecImage();
    image.fill(
        CString.bytes(SHELL),
        List.of(CString.bytes("sh"), CString.bytes(SCRIPT_FOR_SHELL), CString.bytes(TITLE)),
        List.of(CString.bytes("PATH=" + path)));
    try (FileActions actions = new FileActions(libc)) {
      actions.duplicate(inherited.get(0), 0);
      actions.duplicate(inherited.get(1), 1);
      actions.duplicate(inherited.get(1), 2);
      actions.duplicate(inherited.get(2), 3);
      actions.duplicate(inherited.get(3), 4);
      actions.duplicate(inherited.get(4), 5);
      actions.closeFrom(6);
      actions.changeDirectory("/");
      SharedCell pid = new SharedCell(libc, TITLE);
      try {
        int result = new PosixSpawn(libc, pid).spawn(image, actions);
        return Libc.orThrow(result, "posix_spawn", SHELL);
      } finally {
        pid.close();
      }
    }
  }

  /** The line that it sends; what it has sent if it says nothing more within the time. */
  private static String answer(Libc libc, int readEnd) throws SyscallException {
    NativeMemory memory = new NativeMemory(ANSWER_BYTES_MAX);
    Epoll epoll = new Epoll(libc);
    try {
      epoll.add(readEnd, Epoll.IN, 1);
      long begin = System.nanoTime();
      long left = READY_NANOS_MAX;
      long count;
      do {
        epoll.await(left);
        count = libc.read(readEnd, memory.address(), ANSWER_BYTES_MAX);
        left = READY_NANOS_MAX - (System.nanoTime() - begin);
      } while (left > 0 && (count == -Errno.EAGAIN || count == -Errno.EINTR));
      // A line this short is written, and so read, at once.
      byte[] bytes = new byte[(int) Math.max(count, 0)];
      memory.buffer().get(0, bytes);
      return CString.text(bytes);
    } finally {
      epoll.remove(readEnd);
      epoll.close();
    }
  }

  int pid() {
    return pid;
  }

  /** Whether it still waits for the end of the host. */
  boolean isAlive() {
    return libc.peek(pid, info).state() == WaitResult.State.NONE;
  }

  /** Ends it without its doing anything: it must not take this for the end of the host. */
  void kill() {
    if (isAlive()) {
      libc.signalGroupNumber(pid, SignalNumbers.KILL);
    }
    libc.reapKilled(pid, info);
  }

  /** Ends it, and lets go of the life-line. */
  void close() {
    kill();
    libc.close(lifeLine);
  }
}
