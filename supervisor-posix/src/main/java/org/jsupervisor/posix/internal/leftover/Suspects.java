package org.jsupervisor.posix.internal.leftover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jsupervisor.posix.internal.libc.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that may belong to a run. A stranger stays one: a token and a session are
 * inherited, and nobody can join a session. So each look needs only those that were suspects
 * before, and those that were started since, as long as it is known that pids have not come round
 * meanwhile. Without that, the end of each of thousands of children would have to read about all
 * the others.
 *
 * <p>The leaders of runs that are not reaped are no suspects: they are the runs. Confined to the
 * thread that searches, but for what is said of leaders.
 */
final class Suspects {
  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);

  /** As many as can be asked for one by one in the time that listing all takes. */
  private static final long NEAR_MAX = 500;

  /** In that time pids cannot come round: 32,768 are the fewest there are. */
  private static final long QUICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A leader that is younger may not be known as one yet. */
  private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long UNKNOWN = -1;

  private final Libc libc;
  private final ProcessFiles processes;
  private final Set<Long> leaders;
  private final PidCursor cursor;
  private final Set<Long> suspects = new HashSet<>();
  private final long pidsMax = number(Path.of("/proc/sys/kernel/pid_max"), "");
  private long lookedUpTo = UNKNOWN;
  private long lookedAtNanos;
  private long startedBefore = UNKNOWN;

  /** The set of leaders may be changed by any thread. */
  Suspects(Libc libc, ProcessFiles processes, Set<Long> leaders) {
    this.libc = libc;
    this.processes = processes;
    this.leaders = leaders;
    this.cursor = new PidCursor(libc);
  }

  /** Whom to look at; numbers of threads and of nobody may be among them. */
  long[] next() {
    // Before anything is looked at: who is started meanwhile is for the next look.
    long last = cursor.last();
    long now = libc.sinceBootNanos();
    boolean isKnown = last >= lookedUpTo && last - lookedUpTo <= NEAR_MAX && !mayHaveComeRound(now);
    long from = lookedUpTo;
    lookedUpTo = last;
    lookedAtNanos = now;
    if (isKnown && from != UNKNOWN) {
      LongStream before = suspects.stream().mapToLong(Long::longValue);
      return LongStream.concat(before, LongStream.rangeClosed(from + 1, last))
          .filter(pid -> !leaders.contains(pid))
          .distinct()
          .toArray();
    }
    long[] all = processes.pids();
    if (processes.wasShort()) {
      // Nobody has been looked at: the next look must not begin where this one should have ended.
      lookedUpTo = UNKNOWN;
    } else {
      suspects.clear();
    }
    return LongStream.of(all).filter(pid -> !leaders.contains(pid)).toArray();
  }

  /** Whether more pids may have been given out since the last look than there are. */
  private boolean mayHaveComeRound(long now) {
    if (now - lookedAtNanos < QUICK_NANOS && startedBefore != UNKNOWN) {
      return false;
    }
    long started = number(Path.of("/proc/stat"), "processes ");
    long since = started - startedBefore;
    boolean isSure = startedBefore != UNKNOWN && started != UNKNOWN && since < pidsMax / 2;
    startedBefore = started;
    return !isSure;
  }

  /** That number is nobody's, or a zombie's. */
  void clear(long pid) {
    suspects.remove(pid);
  }

  /** What was found out about a process. */
  void judge(ProcessEntry process, long run) {
    long age = libc.sinceBootNanos() - process.startTicks() * NANOS_PER_TICK;
    boolean isStranger =
        run == ProcessFiles.NO_RUN && !leaders.contains(process.session()) && age > YOUNG_NANOS;
    if (isStranger) {
      suspects.remove(process.pid());
    } else {
      suspects.add(process.pid());
    }
  }

  private static long number(Path file, String prefix) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(prefix)) {
          return Long.parseLong(line.substring(prefix.length()).strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("{}: {}", file, e.toString());
    }
    return UNKNOWN;
  }

  void close() {
    cursor.close();
  }
}
