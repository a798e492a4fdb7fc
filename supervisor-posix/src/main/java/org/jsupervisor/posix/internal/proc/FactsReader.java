package org.jsupervisor.posix.internal.proc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;

/**
 * What a live child uses at this moment. Thread-safe.
 *
 * <p>The cheap facts are read by one reader that all threads share, as its file never waits for
 * anybody. The dear ones may: the kernel adds up the memory while it keeps the process from
 * changing it. So each call for those has a reader of its own.
 */
public final class FactsReader {
  // USER_HZ: the kernel's interface is in hundredths of a second on all that HostCheck lets in.
  static final long NANOS_PER_TICK = 10_000_000;
  private static final long BYTES_PER_KIB = 1024;

  private final Libc libc;
  private final LivePids pids;
  private final long pageBytes;
  private final Object sharing = new Object();
  private final ProcReader shared;

  /** A reader of the facts of these. */
  public FactsReader(Libc libc, LivePids pids) {
    this.libc = libc;
    this.pids = pids;
    this.pageBytes = libc.pageBytes();
    this.shared = new ProcReader(libc);
  }

  /** Empty if the run has no process, or {@code /proc} does not show it. */
  public Optional<ProcessFacts> read(Incarnation incarnation, ProcessFacts.Depth depth) {
    return pids.find(incarnation).flatMap(identity -> read(identity, depth));
  }

  private Optional<ProcessFacts> read(LivePids.Identity identity, ProcessFacts.Depth depth) {
    return switch (depth) {
      case CHEAP -> {
        synchronized (sharing) {
          yield stat(shared, identity)
              .map(stat -> facts(identity, stat, OptionalLong.empty(), OptionalInt.empty()));
        }
      }
      case FULL -> full(identity);
    };
  }

  private Optional<ProcessFacts> full(LivePids.Identity identity) {
    ProcReader own = new ProcReader(libc);
    String directory = "/proc/" + identity.pid();
    OptionalLong proportional =
        own.text(directory + "/smaps_rollup").map(FactsReader::pss).orElse(OptionalLong.empty());
    OptionalInt descriptors = count(Path.of(directory, "fd"));
    // Last: if it is the same process now, then it was the same while the others were read.
    return stat(own, identity).map(stat -> facts(identity, stat, proportional, descriptors));
  }

  private static Optional<ProcStat> stat(ProcReader reader, LivePids.Identity identity) {
    return reader
        .stat(identity.pid().value())
        .filter(stat -> stat.startTicks() == identity.startTicks());
  }

  private ProcessFacts facts(
      LivePids.Identity identity,
      ProcStat stat,
      OptionalLong proportional,
      OptionalInt descriptors) {
    long bornNanos = stat.startTicks() * NANOS_PER_TICK;
    Duration uptime = Duration.ofNanos(Math.max(0, libc.sinceBootNanos() - bornNanos));
    return new ProcessFacts(
        identity.pid(),
        state(stat.state()),
        Instant.now().minus(uptime),
        uptime,
        Duration.ofNanos(stat.userTicks() * NANOS_PER_TICK),
        Duration.ofNanos(stat.systemTicks() * NANOS_PER_TICK),
        stat.threads(),
        stat.residentPages() * pageBytes,
        proportional,
        descriptors);
  }

  private static OptionalInt count(Path directory) {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path unused : entries) {
        count++;
      }
      return OptionalInt.of(count);
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's, or it has ended meanwhile.
      return OptionalInt.empty();
    }
  }

  static OptionalLong pss(String smapsRollup) {
    return smapsRollup
        .lines()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
        .findFirst();
  }

  static ProcessFacts.State state(char letter) {
    return switch (letter) {
      case 'R' -> ProcessFacts.State.RUNNING;
      case 'S', 'I' -> ProcessFacts.State.SLEEPING;
      case 'D' -> ProcessFacts.State.UNINTERRUPTIBLE;
      case 'T' -> ProcessFacts.State.STOPPED;
      case 't' -> ProcessFacts.State.TRACED;
      case 'Z', 'X' -> ProcessFacts.State.ENDED;
      default -> ProcessFacts.State.OTHER;
    };
  }
}
