package org.jsupervisor.posix.internal.reap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.UsageInfo;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.libc.WaitResult;
import org.jsupervisor.posix.internal.proc.LivePids;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ResourceUsage;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children that are not reaped. Confined to the engine's thread.
 *
 * <p>Signals and reaping happen on the same thread, so none can come between the other's check and
 * call: until a child is reaped here, its number cannot become another's. It waits for its own
 * children by number only, because the host has children too, and whoever waits for any child
 * steals theirs.
 *
 * <p>When a child has ended, its status is first read without reaping. If it may have descendants,
 * then what is left of its group is sent KILL while the zombie still holds the group's number,
 * unless it is to be kept and the group had not been told to end; and it stays a zombie, which
 * keeps its numbers from becoming another's, until what it may have left outside its group is
 * searched for, within a bound. Then it is reaped, then it is watched no more, and then its end is
 * reported: whatever follows from the end comes after all that.
 */
public final class Reaper {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

  private final Libc libc;
  private final ExitWatch watch;
  private final Arrivals arrivals;
  private final LongConsumer others;
  private final HeldEnds held;
  private final SignalNumbers signals;
  private final ExitDecoder decoder;
  private final WaitInfo info = new WaitInfo();
  private final UsageInfo usage = new UsageInfo();
  private final LivePids pids;
  private final Map<Long, LiveProcess> byWatchId = new HashMap<>();
  private final Map<Incarnation, LiveProcess> byIncarnation = new HashMap<>();
  private final Set<Incarnation> ordered = new HashSet<>();
  // A field, so that an end is not forgotten when the taker of a report throws: it is told once
  // only.
  private final Queue<Long> ended = new ArrayDeque<>();

  /**
   * Where a reaper hears of ends.
   *
   * @param watch watches the children
   * @param arrivals what other threads have for it
   * @param others takes the ids of those that are not, or not yet, known here
   * @param holdMax how long the end of a child may be held back by the search for leftovers
   */
  public record Sources(
      ExitWatch watch, Arrivals arrivals, LongConsumer others, Duration holdMax) {}

  /** Has no children yet. */
  public Reaper(Libc libc, Sources sources, SignalNumbers signals) {
    this.libc = libc;
    this.watch = sources.watch();
    this.arrivals = sources.arrivals();
    this.others = sources.others();
    this.held = new HeldEnds(sources.holdMax());
    this.signals = signals;
    this.decoder = new ExitDecoder(signals);
    this.pids = new LivePids(libc);
    LOG.debug("{}", Rehearsal.ofEnds(decoder, usage));
  }

  /**
   * A launch is about to be ordered.
   *
   * @throws IllegalStateException if this run is ordered or lives already: two engines that shared
   *     a platform would take each other's reports
   */
  public void expect(Incarnation incarnation) {
    if (byIncarnation.containsKey(incarnation) || !ordered.add(incarnation)) {
      throw new IllegalStateException(
          incarnation + ": is known already: a platform must not serve two engines");
    }
  }

  /** As {@code Platform.poll}. */
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {
    boolean mayWait = arrivals.isEmpty() && ended.isEmpty();
    watch.await(mayWait ? held.nanosToWait(timeoutNanosMax) : 0, ended::add);
    Arrivals.@Nullable Arrival arrival;
    while ((arrival = arrivals.take()) != null) {
      if (arrival instanceof Arrivals.Arrival.Started started) {
        enter(started, reports);
      } else if (arrival instanceof Arrivals.Arrival.Reported reported) {
        if (reported.report() instanceof PlatformReport.LaunchFailed failed) {
          ordered.remove(failed.incarnation());
        }
        reports.accept(reported.report());
      } else if (arrival instanceof Arrivals.Arrival.Searched searched) {
        letGo(searched.watchId(), reports);
      }
    }
    for (long id : held.overdue()) {
      letGo(id, reports);
    }
    Long watchId;
    while ((watchId = ended.poll()) != null) {
      reapIfKnown(watchId, reports);
    }
  }

  private void enter(Arrivals.Arrival.Started started, Consumer<PlatformReport> reports) {
    PlatformReport.Launched report = started.report();
    libc.ownUsage(usage);
    var child = new LiveProcess(started, usage.peakBytes());
    byWatchId.put(child.watchId(), child);
    byIncarnation.put(child.incarnation(), child);
    pids.enter(child.incarnation(), child.pid());
    ordered.remove(child.incarnation());
    // The watch tells an end once, and may have told this one before the id was known here. Noted
    // before the taker is called, which may throw.
    ended.add(child.watchId());
    reports.accept(report);
  }

  private void reapIfKnown(long watchId, Consumer<PlatformReport> reports) {
    LiveProcess child = byWatchId.get(watchId);
    if (child == null) {
      others.accept(watchId);
      return;
    }
    if (child.heldStatus() != null) {
      return;
    }
    WaitResult seen = watch.look(watchId, info);
    switch (seen.state()) {
      case NONE -> {}
      case ENDED -> {
        ExitStatus status = decoder.decode(seen.code(), seen.status());
        if (child.ending().mayHaveDescendants()) {
          endLeftovers(child);
          child.ending().search(watchId, child.leftovers());
          child.hold(status);
          held.add(watchId);
        } else {
          reap(child, status, reports);
        }
      }
      case FAILED -> {
        endLeftovers(child);
        child.ending().searchWithoutNumbers(child.leftovers());
        child.ending().release();
        leave(child, stolen(child, seen.errno()), Optional.empty(), reports);
      }
    }
  }

  /** What a run has left behind has been searched for, or has had its time. */
  private void letGo(long watchId, Consumer<PlatformReport> reports) {
    LiveProcess child = byWatchId.get(watchId);
    held.remove(watchId);
    ExitStatus status = child == null ? null : child.heldStatus();
    if (child != null && status != null) {
      reap(child, status, reports);
    }
  }

  private void reap(LiveProcess child, ExitStatus status, Consumer<PlatformReport> reports) {
    child.ending().release();
    int reaped = libc.reap(child.pid().value(), usage);
    leave(child, status, usageOf(child, reaped), reports);
  }

  /** If somebody else has reaped the child, then from Linux 6.9 only; never another's group. */
  private void endLeftovers(LiveProcess child) {
    if (child.leftovers() == Leftovers.KILLED) {
      watch.signalGroup(child.watchId(), number(Signal.KILL));
    }
  }

  /** Empty if something else in the host was faster after our look. */
  private Optional<ResourceUsage> usageOf(LiveProcess child, int reaped) {
    return reaped == child.pid().value()
        ? Optional.of(usage.usage(child.hostPeakBytes()))
        : Optional.empty();
  }

  private ExitStatus stolen(LiveProcess child, int errno) {
    OptionalInt told =
        errno == Errno.ECHILD ? watch.stolenStatus(child.watchId()) : OptionalInt.empty();
    if (told.isEmpty()) {
      return lost(child, errno);
    }
    LOG.warn("{}: something else in the host has reaped it", child.incarnation());
    return decoder.decodeWaitStatus(told.getAsInt());
  }

  private static ExitStatus lost(LiveProcess child, int errno) {
    String why = "waitid(pid " + child.pid() + "): " + Errno.name(errno);
    if (errno == Errno.ECHILD) {
      why += ", something else in the host has reaped it";
    }
    LOG.warn("{}: exit status lost: {}", child.incarnation(), why);
    return new ExitStatus.Lost(why);
  }

  private void leave(
      LiveProcess child,
      ExitStatus status,
      Optional<ResourceUsage> used,
      Consumer<PlatformReport> reports) {
    byWatchId.remove(child.watchId());
    byIncarnation.remove(child.incarnation());
    pids.leave(child.incarnation());
    watch.unwatch(child.watchId());
    reports.accept(new PlatformReport.Exited(child.incarnation(), status, used));
  }

  /** As {@code Platform.signal}, for a signal that this system has. */
  public void signal(Incarnation incarnation, Signal signal) {
    LiveProcess child = byIncarnation.get(incarnation);
    if (child == null) {
      return;
    }
    int errno = watch.signalGroup(child.watchId(), number(signal));
    // ESRCH: nobody in the group is left to hear it, and its end is about to be seen.
    if (errno != 0 && errno != Errno.ESRCH) {
      LOG.warn(
          "{}: signal {} to group {}: {}", incarnation, signal, child.pid(), Errno.name(errno));
    }
  }

  /** It is meant to end from now on; returns whether it is there. */
  public boolean tellToEnd(Incarnation incarnation) {
    LiveProcess child = byIncarnation.get(incarnation);
    if (child != null) {
      child.tellToEnd();
    }
    return child != null;
  }

  /** As {@code Platform.stop}, for a signal that this system has. */
  public void stop(Incarnation incarnation, Signal signal) {
    if (tellToEnd(incarnation)) {
      signal(incarnation, signal);
    }
  }

  /** Sends KILL to every group. */
  public void killAll() {
    List.copyOf(byIncarnation.keySet()).forEach(incarnation -> stop(incarnation, Signal.KILL));
  }

  /** Which processes the children are; for any thread. */
  public LivePids pids() {
    return pids;
  }

  /** Gives up what is still searched for. */
  public void reapHeld() {
    for (LiveProcess child : List.copyOf(byWatchId.values())) {
      letGo(child.watchId(), report -> {});
    }
  }

  /** How many children are not reaped. */
  public int size() {
    return byWatchId.size();
  }

  private int number(Signal signal) {
    return signals.number(signal).orElseThrow();
  }
}
