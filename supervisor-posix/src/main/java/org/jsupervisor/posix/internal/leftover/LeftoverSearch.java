package org.jsupervisor.posix.internal.leftover;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.guard.RunKind;
import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.posix.internal.guard.RunTable;
import org.jsupervisor.posix.internal.io.BoundedJoin;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.proc.ProcStat;
import org.jsupervisor.posix.internal.reap.Arrivals;
import org.jsupervisor.posix.internal.reap.ExitWatches;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Leftovers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks through all processes for those that runs have left behind. One look
 * answers for all runs that have ended until it begins. The thread is there as long as the
 * platform, and asleep unless something is searched for.
 *
 * <p>Whoever is found is opened first, then looked at again, and then signalled through what was
 * opened: never another's process; without pidfds by its number, at once after the second look.
 * Bounded by the time that an end may be held back; what still lives then is told, and left.
 */
public final class LeftoverSearch {
  private static final Logger LOG = LoggerFactory.getLogger(LeftoverSearch.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
  private static final long NAP_MILLIS = 5;

  private final Libc libc;
  private final Arrivals arrivals;
  private final ProcessFiles processes;
  private final Set<Long> leaders = ConcurrentHashMap.newKeySet();
  private final Suspects suspects;
  private final SpareDescriptors spare;
  private final boolean hasPidfds;
  private final long searchNanosMax;
  // As many as there are children that have ended and are not reaped, or were reaped by others.
  private final BlockingQueue<EndedRun> queue = new LinkedBlockingQueue<>();
  private final List<EndedRun> open = new ArrayList<>();
  private final Thread thread;
  // Whether the last look met somebody who may belong to any run, or may have missed somebody;
  // confined to the thread.
  private boolean undecided;

  /**
   * Searches environments for a variable that begins so. The thread is there from the beginning: a
   * host that gets none later on must not find that out at the end of a child.
   */
  public LeftoverSearch(Libc libc, Arrivals arrivals, String tokenPrefix, Duration searchMax) {
    this.libc = libc;
    this.arrivals = arrivals;
    this.processes = new ProcessFiles(libc, tokenPrefix);
    this.suspects = new Suspects(libc, processes, leaders);
    this.spare = new SpareDescriptors(libc);
    this.hasPidfds = ExitWatches.hasPidfds(libc);
    this.searchNanosMax = searchMax.toNanos();
    LOG.debug("{}", rehearsal());
    thread = new Thread(this::run, "supervisor-leftovers");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  /** What a search needs must be there before a host has no descriptors left to load it with. */
  private static List<Object> rehearsal() {
    var incarnation = new Incarnation(ChildId.of("rehearsal"), 1);
    var mark = new RunMark(0, RunKind.DIE, System.nanoTime(), RunTable.NO_SLOT);
    var who = new EndedRun.Identity(incarnation, mark, 0);
    return List.of(
        new EndedRun(who, Leftovers.KILLED, EndedRun.NOBODY_WAITS, EndedRun.Numbers.FREE),
        new ProcessEntry(0, 0, 0, 0),
        ProcStat.parse(ByteBuffer.allocate(0), 0),
        BoundedJoin.join(Thread.currentThread(), Duration.ZERO),
        new PlatformReport.LeftBehind(incarnation, 1, Leftovers.KILLED));
  }

  /** This process is a run, and not a leftover of another one; any thread. */
  void began(long leader) {
    leaders.add(leader);
  }

  /** Its number is about to be given back; any thread. */
  void released(long leader) {
    leaders.remove(leader);
  }

  /** The engine's thread. */
  void begin(EndedRun run) {
    queue.add(run);
  }

  private void run() {
    try {
      while (true) {
        if (open.isEmpty()) {
          open.add(queue.take());
        }
        queue.drainTo(open);
        spare.lendTo(this::searchOnce);
        if (!open.isEmpty()) {
          EndedRun next = queue.poll(NAP_MILLIS, TimeUnit.MILLISECONDS);
          if (next != null) {
            open.add(next);
          }
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread: it is to end.
    } finally {
      release();
    }
  }

  private void release() {
    suspects.close();
    spare.release();
  }

  private void searchOnce() {
    try {
      look();
      open.removeIf(this::isOver);
    } catch (RuntimeException | Error e) {
      LOG.error("leftovers are not found", e);
      open.forEach(this::tell);
      open.clear();
    }
  }

  private void look() {
    undecided = false;
    processes.begin();
    for (long pid : hasPidfds ? suspects.next() : processes.pids()) {
      ProcessEntry process = processes.entry(pid);
      if (process == null) {
        if (!processes.wasShort()) {
          suspects.clear(pid);
        }
      } else {
        long run = processes.run(pid);
        undecided |= run == ProcessFiles.UNKNOWN_RUN;
        suspects.judge(process, run);
        for (EndedRun ended : open) {
          if (ended.owns(process, run) && isProcess(pid)) {
            ended.note(process);
          }
        }
      }
    }
    undecided |= processes.wasShort();
  }

  /** Not one of its threads, which have entries in /proc, too, though these are not listed. */
  private boolean isProcess(long pid) {
    if (!hasPidfds) {
      return true;
    }
    int pidfd = libc.pidfdOpen(pid);
    if (pidfd >= 0) {
      libc.close(pidfd);
    } else {
      undecided |= Errno.isShortage(-pidfd);
    }
    return pidfd >= 0;
  }

  /** Does what is to be done with what was found; whether nothing more is. */
  private boolean isOver(EndedRun run) {
    boolean isKept = run.leftovers() == Leftovers.KEPT;
    // At least once, also if its time was over before it began.
    boolean isLast = run.isLate(searchNanosMax);
    if (isKept || run.found().isEmpty()) {
      if (undecided && !isLast) {
        return false;
      }
      tell(run);
      return true;
    }
    int signal = run.mayKill(searchNanosMax) ? SignalNumbers.KILL : SignalNumbers.STOP;
    run.found().forEach(pid -> signal(run, pid, signal));
    if (isLast) {
      LOG.warn("{}: of what it left behind {} still live", run.incarnation(), run.found().size());
      tell(run);
      return true;
    }
    run.nextRound();
    return false;
  }

  private void signal(EndedRun run, long pid, int signal) {
    if (!hasPidfds) {
      // At once after the look: the number could become another's within microseconds only.
      if (isOf(run, pid)) {
        libc.signalNumber(pid, signal);
      }
      return;
    }
    int pidfd = libc.pidfdOpen(pid);
    if (pidfd < 0) {
      return;
    }
    try {
      if (isOf(run, pid)) {
        libc.signalProcess(pidfd, signal);
      }
    } finally {
      libc.close(pidfd);
    }
  }

  private boolean isOf(EndedRun run, long pid) {
    ProcessEntry process = processes.entry(pid);
    return process != null && run.owns(process, processes.run(pid));
  }

  private void tell(EndedRun run) {
    if (run.count() > 0) {
      arrivals.add(new PlatformReport.LeftBehind(run.incarnation(), run.count(), run.leftovers()));
    }
    arrivals.addSearched(run.watchId());
  }

  /** Ends the thread; runs that wait are forgotten. */
  public void close() {
    thread.interrupt();
    if (!BoundedJoin.join(thread, CLOSE_WAIT)) {
      LOG.warn("the search for leftovers hangs with a process in the kernel and is left behind");
    }
  }
}
