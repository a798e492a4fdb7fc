package org.jsupervisor.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.spec.LogSpec;

/**
 * The log directories of one tree: sinks of the same directory, also by way of links, share its
 * open file and its lock.
 *
 * <pre>{@code
 * SupervisorBuilder.of(spec, platform).withLogs(new LogDirectories(clock)::open)
 * }</pre>
 *
 * <p>A child whose specification changes gets a new sink, while a grandchild of its old run may
 * hold the old one for as long as it likes: so both must be able to write. What {@link
 * LogDirectory} says of its sources then holds for those of all its sinks.
 *
 * <p>Thread-safe: sinks of one directory may be called at the same time by different threads, and
 * wait for each other; each alone is confined to its caller as {@link OutputSink} says.
 */
public final class LogDirectories {
  private final LogContext context;
  private final AtomicLong opened = new AtomicLong();
  private final ConcurrentMap<Path, SharedLog> shared = new ConcurrentHashMap<>();

  /** Without any directory yet. */
  public LogDirectories(InstantSource clock) {
    this.context = LogContext.of(clock);
  }

  /**
   * A sink for the directory; touches no file before its first byte. Of the sinks of one directory
   * that have written, the one that was opened last says which limits and timestamps hold, also
   * when it is closed before the others. The file is closed with the last of them.
   */
  public OutputSink open(LogSpec spec) {
    return new SharedSink(this, spec, opened.incrementAndGet());
  }

  /**
   * Makes an old file of the directory's {@code current}, for who takes old files away: at once, or
   * when the line ends that it ends with. May be called by any thread; waits for a write that is
   * under way, 10 seconds at most.
   *
   * @return whether the directory is written by one of these sinks; if not, nothing is done
   * @throws IOException if the file cannot be renamed, or the next one not be made, or if the write
   *     takes longer
   */
  public boolean rotate(Path directory) throws IOException {
    SharedLog log = shared.get(realPath(directory));
    if (log == null) {
      return false;
    }
    log.rotate();
    return true;
  }

  /** The log of the sink's directory, which the sink must leave. */
  SharedLog join(LogSpec spec, long ordinal) {
    Path key = realPath(spec.directory());
    while (true) {
      SharedLog log =
          shared.computeIfAbsent(
              key, unused -> new SharedLog(key, new LogDirectory(spec, context)));
      if (log.join(spec, ordinal)) {
        return log;
      }
      // Its last user has just closed it; when it is forgotten, the next round makes a new one.
      shared.remove(key, log);
    }
  }

  /** The sink writes no more; the last one closes the file. */
  void leave(SharedLog log) throws IOException {
    try {
      log.leave();
    } finally {
      if (log.isOver()) {
        // By key and value: its successor may be there already, and must stay.
        shared.remove(log.place(), log);
      }
    }
  }

  /** Where the directory is or will be when it is made. */
  private static Path realPath(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    for (Path there = absolute; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(absolute)).normalize();
      } catch (IOException missing) {
        // Then perhaps the directory above is there; what is wrong is told by the writer.
      }
    }
    return absolute;
  }
}
