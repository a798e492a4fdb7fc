package org.jsupervisor.scan;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.rescan.WatchState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rescans by itself when a scan directory changes: its entries, what they consist of, what its
 * links lead to, and files elsewhere that are read for them. After any storm of edits the tree has
 * what is on disk at last.
 *
 * <pre>{@code
 * try (DirectoryWatch watch = DirectoryWatch.begin(follower, WatchOptions.defaults(), listener)) {
 *   ...
 * }
 * }</pre>
 *
 * <p>It has one daemon thread, which sleeps while nothing changes. Rescans are those of {@link
 * DirectoryFollower#rescanForChanges}; others may be asked for at any time. However busy the
 * directory is, reading it takes a tenth of the time at most.
 *
 * <p>As the JDK's {@code WatchService}, it needs a file system that tells of changes; where it does
 * not, only an interval helps. If the system has no more watches for this user, that is told, and a
 * rescan comes every 5 s.
 */
public final class DirectoryWatch implements AutoCloseable {
  /** The interval, if changes are not noticed and no other one is set. */
  public static final Duration INTERVAL_WITHOUT_WATCHES = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  /** Reading may take one part in so many of the time. */
  private static final int SHARE_OF_TIME = 10;

  /** As deep as directories of definitions are, and more. */
  private static final int ROUNDS_MAX = 10;

  private final DirectoryFollower follower;
  private final ScanListener listener;
  private final Readings readings;
  private final WatchedPlaces places;
  private final Runnable wake;
  private final WatchTimes times;
  private final Thread thread;
  private final AtomicReference<String> lastFailure = new AtomicReference<>("");
  private boolean degraded;

  /** The files elsewhere that are watched, or will be when the rescan comes that is due. */
  private Set<Path> elsewhere = Set.of();

  private DirectoryWatch(DirectoryFollower follower, WatchOptions options, ScanListener listener)
      throws IOException {
    this.follower = follower;
    this.listener = listener;
    this.times = new WatchTimes(options, System.nanoTime());
    this.readings = follower.readings();
    this.places = new WatchedPlaces(readings.path().getFileSystem().newWatchService());
    this.wake = places::wake;
    this.thread = new Thread(this::run, "jsupervisor-watch-" + readings.path().getFileName());
    thread.setDaemon(true);
  }

  /**
   * Begins to watch, with a rescan: what has changed since the follower was made is seen.
   *
   * @throws IOException if the system has no more watch services for this user
   */
  public static DirectoryWatch begin(
      DirectoryFollower follower, WatchOptions options, ScanListener listener) throws IOException {
    DirectoryWatch watch = new DirectoryWatch(follower, options, listener);
    watch.times.changed(System.nanoTime());
    follower.watchIs(WatchState.WATCHING);
    // Whoever asks for a rescan: what it reads is watched from then on.
    watch.readings.tell(watch.wake);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (true) {
        step(next());
      }
    } catch (ClosedWatchServiceException closed) {
      LOG.debug("no longer watches {}", readings.path());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      readings.tellNoMore(wake);
      follower.watchIs(WatchState.NONE);
    }
  }

  private void step(@Nullable WatchKey key) {
    try {
      if (key != null && places.matters(key)) {
        times.changed(System.nanoTime());
      }
      if (times.isDue(System.nanoTime())) {
        rescan();
      }
    } catch (ClosedWatchServiceException closed) {
      throw closed;
    } catch (RuntimeException | Error e) {
      // Code of readers runs here: what it throws must not end the watch.
      times.scanAfter(INTERVAL_WITHOUT_WATCHES);
      tell(null, e);
    }
  }

  private @Nullable WatchKey next() throws InterruptedException {
    noticeElsewhere();
    return places.poll(times.waitNanos(System.nanoTime()));
  }

  /** What was read for the first time may have changed before it was watched. */
  private void noticeElsewhere() {
    Set<Path> read = readings.elsewhere();
    if (!read.equals(elsewhere)) {
      elsewhere = read;
      times.changed(System.nanoTime());
    }
  }

  private void rescan() {
    long begin = System.nanoTime();
    times.begins(begin, 0);
    try {
      // Before it is read: what changes from now on is noticed.
      watchAll();
    } finally {
      long took = System.nanoTime() - begin + readings.nanos();
      times.pause(SHARE_OF_TIME * took);
    }
    var unused = follower.rescanForChanges().whenComplete(this::tell);
  }

  private void watchAll() {
    try {
      // What is new may have got a directory before it was watched.
      for (int n = 0; n < ROUNDS_MAX && places.watch(readings.watched()); n++) {
        LOG.debug("watches what is new in {}", readings.path());
      }
      degraded = false;
      follower.watchIs(WatchState.WATCHING);
    } catch (ScanFailedException e) {
      // The rescan tells that.
      times.scanAfter(INTERVAL_WITHOUT_WATCHES);
    } catch (IOException e) {
      times.scanAfter(INTERVAL_WITHOUT_WATCHES);
      follower.watchIs(WatchState.INTERVAL);
      if (!degraded) {
        degraded = true;
        tell(null, e);
      }
    }
  }

  private void tell(@Nullable ScanReport report, @Nullable Throwable error) {
    try {
      if (error != null) {
        fail(Failure.cause(error));
      } else if (report != null) {
        lastFailure.set("");
        listener.onReport(report);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("a scan listener has thrown", e);
    }
  }

  /** Not again and again, as long as it stays the same. */
  private void fail(Throwable error) {
    if (!error.toString().equals(lastFailure.getAndSet(error.toString()))) {
      listener.onFailure(error);
    }
  }

  /** Whether its thread runs. */
  boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends the watch; a rescan that is under way goes on. Idempotent. */
  @Override
  public void close() {
    places.close();
  }
}
