package org.jsupervisor.posix.internal.reap;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;
import org.jsupervisor.process.Pid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By pidfd, and a waiter for a child whose pidfd cannot be had: it runs already, and a lack of
 * descriptors is no reason to kill it.
 */
final class FallbackExitWatch implements ExitWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackExitWatch.class);

  private final PidfdExitWatch pidfds;
  private final WaiterExitWatch waiters;

  FallbackExitWatch(Libc libc, int waitersMax) throws SyscallException {
    AtomicLong ids = new AtomicLong();
    pidfds = new PidfdExitWatch(libc, ids::incrementAndGet);
    waiters = new WaiterExitWatch(libc, waitersMax, ids::incrementAndGet, pidfds::wakeUp);
  }

  @Override
  public void prepare() {
    // Only the pidfd of this child would tell, and it has none yet.
  }

  @Override
  public long watch(Pid pid) throws SyscallException {
    try {
      return pidfds.watch(pid);
    } catch (SyscallException e) {
      return byThread(pid, waiters.watch(pid), e);
    }
  }

  @Override
  public long watchUncounted(Pid pid) throws SyscallException {
    try {
      return pidfds.watch(pid);
    } catch (SyscallException e) {
      return byThread(pid, waiters.watchUncounted(pid), e);
    }
  }

  private static long byThread(Pid pid, long id, SyscallException why) {
    LOG.warn("pid {} is watched by a thread: {}", pid, why.getMessage());
    return id;
  }

  @Override
  public void unwatch(long id) {
    pidfds.unwatch(id);
    waiters.unwatch(id);
  }

  @Override
  public void await(long timeoutNanosMax, LongConsumer ended) {
    pidfds.await(waiters.hasEnded() ? 0 : timeoutNanosMax, ended);
    waiters.takeAll(ended);
  }

  @Override
  public int signalGroup(long id, int signal) {
    return pidfds.knows(id) ? pidfds.signalGroup(id, signal) : waiters.signalGroup(id, signal);
  }

  @Override
  public WaitResult look(long id, WaitInfo info) {
    return pidfds.knows(id) ? pidfds.look(id, info) : waiters.look(id, info);
  }

  @Override
  public OptionalInt stolenStatus(long id) {
    return pidfds.stolenStatus(id);
  }

  @Override
  public void wakeUp() {
    pidfds.wakeUp();
  }

  @Override
  public void close() {
    waiters.close();
    pidfds.close();
  }
}
