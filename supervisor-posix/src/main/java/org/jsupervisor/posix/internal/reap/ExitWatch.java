package org.jsupervisor.posix.internal.reap;

import java.util.OptionalInt;
import java.util.function.LongConsumer;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;
import org.jsupervisor.process.Pid;

/**
 * How an operating system tells that a child has ended: the seam for systems that have no pidfd.
 *
 * <p>Thread: {@link #prepare}, {@link #watch}, {@link #watchUncounted}, {@link #unwatch} and {@link
 * #wakeUp} are for any thread, the rest for one at a time, the one that drives the engine.
 */
public interface ExitWatch {
  /**
   * Says before a launch that one more child cannot be watched, as far as that can be known: then
   * it need not be started. What it promises is not reserved.
   */
  void prepare() throws SyscallException;

  /**
   * Watches a child of ours that is not reaped.
   *
   * @return an id that is never used again
   */
  long watch(Pid pid) throws SyscallException;

  /** As {@link #watch}, of a process of the platform's own: no limit of children is for it. */
  default long watchUncounted(Pid pid) throws SyscallException {
    return watch(pid);
  }

  /** Watches no more, and forgets the id. */
  void unwatch(long id);

  /**
   * Waits until a child has ended, or {@link #wakeUp}, or the time is over.
   *
   * @param ended takes the ids of children that have ended, each at least once; also ids that the
   *     caller may not have heard of yet
   */
  void await(long timeoutNanosMax, LongConsumer ended);

  /**
   * Sends a signal to the group that a watched child leads. Safe even if something else has reaped
   * the child and its number is another's by now.
   *
   * @return 0 or the error number
   */
  int signalGroup(long id, int signal);

  /**
   * How a watched child has ended, without reaping it. If something else has reaped it then this
   * fails with ECHILD, though its number may be that of another child of the host by now, which is
   * to be left alone.
   */
  WaitResult look(long id, WaitInfo info);

  /**
   * The wait status of a watched child that something else has reaped; empty if the system does not
   * tell. To be asked only when {@code waitid} has said that there is no such child.
   */
  OptionalInt stolenStatus(long id);

  /** Ends an {@link #await}, the current one or the next. */
  void wakeUp();

  /** Releases everything, also what is still watched. */
  void close();
}
