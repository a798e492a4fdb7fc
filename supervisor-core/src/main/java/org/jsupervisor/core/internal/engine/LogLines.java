package org.jsupervisor.core.internal.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Supervisor;
import org.jsupervisor.log.LogCursor;
import org.jsupervisor.log.LogLine;
import org.jsupervisor.log.LogReader;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads the last lines of log directories on daemon threads of its own, few, and there only while
 * something is read: a disk that does not answer holds up nobody but those who ask. Thread-safe.
 */
final class LogLines {
  private static final int THREADS_MAX = 2;
  private static final int WAITING_MAX = 64;
  private static final Duration IDLE = Duration.ofMillis(100);

  private final ThreadPoolExecutor threads;

  /** For a tree of this name; no thread is started before there is something to read. */
  LogLines(String tree) {
    threads =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            body -> daemon(body, "supervisor-" + tree + "-log-reader"));
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The last lines of a child; see {@link Supervisor#loggedLines}. */
  CompletionStage<List<LoggedLine>> last(ProcessSpec spec, int most) {
    List<Path> directories =
        spec.output().destinations().stream()
            .filter(OutputSpec.Logged.class::isInstance)
            .map(each -> ((OutputSpec.Logged) each).log().directory())
            .distinct()
            .toList();
    CompletableFuture<List<LoggedLine>> lines = new CompletableFuture<>();
    if (directories.isEmpty()) {
      lines.complete(List.of());
      return lines.minimalCompletionStage();
    }
    try {
      threads.execute(() -> read(directories, most, lines));
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      lines.completeExceptionally(refusal(spec.id()));
    }
    return lines.minimalCompletionStage();
  }

  private static OperationRefusedException refusal(ChildId child) {
    return new OperationRefusedException(
        Refusal.OVERLOADED, child, "too many wait for lines of a log");
  }

  /** Whatever a disk, or what is on it, makes of the reading is the answer. */
  private static void read(
      List<Path> directories, int most, CompletableFuture<List<LoggedLine>> lines) {
    try {
      lines.complete(read(directories, most));
    } catch (IOException | RuntimeException | Error failure) {
      lines.completeExceptionally(failure);
    }
  }

  private static List<LoggedLine> read(List<Path> directories, int most) throws IOException {
    LogReader reader = LogReader.of(directories).withLineBytesMax(Supervisor.LOGGED_LINE_BYTES_MAX);
    Deque<LoggedLine> last = new ArrayDeque<>();
    String told = "";
    try (LogCursor cursor = reader.lastLines(most)) {
      // Bounded: who writes faster than this reads would never let it end.
      for (long left = (long) most * directories.size(); left >= 0; left--) {
        try {
          Optional<LogLine> next = cursor.next();
          if (next.isEmpty()) {
            break;
          }
          keep(last, line(next.get()), most);
        } catch (IOException e) {
          String message = String.valueOf(e.getMessage());
          if (message.equals(told)) {
            // No damaged file that will be passed over.
            throw e;
          }
          told = message;
          keep(last, ours(directories, message), most);
        }
      }
      cursor.unfinished().forEach(each -> keep(last, line(each), most));
    }
    return List.copyOf(last);
  }

  /** In its place among the lines, as a loss is told in the log itself. */
  private static LoggedLine ours(List<Path> directories, String message) {
    String places = directories.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new LoggedLine(places, Optional.empty(), "supervisor: " + message);
  }

  private static LoggedLine line(LogLine line) {
    return new LoggedLine(line.directory().toString(), line.time(), line.message().text());
  }

  private static void keep(Deque<LoggedLine> last, LoggedLine line, int most) {
    last.addLast(line);
    if (last.size() > most) {
      last.removeFirst();
    }
  }
}
