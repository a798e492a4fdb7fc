package org.jsupervisor.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Supervisor;

/**
 * Makes a running supervisor follow a scan directory: what was added is defined, what was changed
 * is defined anew, what is gone is removed, and what is refused keeps its last good definition.
 * Children that do not come from the directory are never touched. A definition that differs only in
 * what is wanted initially is noted, and in force when it is defined anew for another change.
 *
 * <pre>{@code
 * DirectoryFollower follower =
 *     DirectoryFollower.following(directory, found, supervisor, executor);
 * follower.rescan().thenAccept(report -> ...);
 * }</pre>
 *
 * <p>Thread-safe. It watches nothing by itself and has no thread: a rescan happens when it is asked
 * for. One rescan runs at a time; while one runs, all further requests together lead to one more,
 * which begins after the last of them, and so sees what was on disk when they were made.
 */
public final class DirectoryFollower {
  private final ScanDirectory directory;
  private final Executor executor;
  private final ScanApplication application;

  /** Guards {@code requests}; held for a few instructions only. */
  private final ReentrantLock gate = new ReentrantLock();

  /** The running rescan, then the waiting one: never more than two. */
  private final Deque<CompletableFuture<ScanReport>> requests = new ArrayDeque<>(2);

  private DirectoryFollower(
      ScanDirectory directory, Executor executor, ScanApplication application) {
    this.directory = directory;
    this.executor = executor;
    this.application = application;
  }

  /**
   * Follows from what was found when the supervisor was made of it.
   *
   * @param directory what is read at each rescan
   * @param inForce its result whose specs the supervisor has as children
   * @param supervisor who is told
   * @param executor reads the directory, which may block; one task at a time
   */
  public static DirectoryFollower following(
      ScanDirectory directory, ScanResult inForce, Supervisor supervisor, Executor executor) {
    return new DirectoryFollower(directory, executor, new ScanApplication(supervisor, inForce));
  }

  /**
   * Reads the directory and applies what has changed. Done when all is applied, which takes as long
   * as the longest stop of a child that is removed; exceptionally with a {@link
   * ScanFailedException} if the directory itself cannot be read, and then nothing has changed.
   */
  public CompletionStage<ScanReport> rescan() {
    CompletableFuture<ScanReport> request = new CompletableFuture<>();
    boolean idle;
    gate.lock();
    try {
      if (requests.size() == 2) {
        return requests.getLast().minimalCompletionStage();
      }
      idle = requests.isEmpty();
      requests.add(request);
    } finally {
      gate.unlock();
    }
    if (idle) {
      start(request);
    }
    return request.minimalCompletionStage();
  }

  private void start(CompletableFuture<ScanReport> request) {
    try {
      executor.execute(() -> run(request));
    } catch (RejectedExecutionException e) {
      finish(request, null, e);
    }
  }

  private void run(CompletableFuture<ScanReport> request) {
    try {
      ScanResult found = directory.read();
      application.apply(found).whenComplete((report, error) -> finish(request, report, error));
    } catch (ScanFailedException | RuntimeException | Error e) {
      // Also an error: otherwise no rescan would ever be done again.
      finish(request, null, e);
    }
  }

  private void finish(
      CompletableFuture<ScanReport> request,
      @Nullable ScanReport report,
      @Nullable Throwable error) {
    CompletableFuture<ScanReport> next;
    gate.lock();
    try {
      requests.remove();
      next = requests.peek();
    } finally {
      gate.unlock();
    }
    if (error == null) {
      request.complete(report);
    } else {
      request.completeExceptionally(error);
    }
    if (next != null) {
      start(next);
    }
  }
}
