package org.jsupervisor.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for its turn: all who ask meanwhile are answered by the same. So at most one
 * waits, however many ask. Thread-safe.
 */
final class SharedRequest<T> {
  private final AtomicReference<@Nullable CompletableFuture<T>> waiting = new AtomicReference<>();

  /**
   * Joins the one that waits; if there is none, this one is begun.
   *
   * @param work is given what it calls when its turn has come: who asks from then on is another,
   *     since this one may miss what that is to see
   */
  CompletionStage<T> joinOr(Function<Runnable, CompletionStage<T>> work) {
    CompletableFuture<T> request = new CompletableFuture<>();
    CompletableFuture<T> earlier = waiting.compareAndExchange(null, request);
    if (earlier != null) {
      return earlier.minimalCompletionStage();
    }
    var unused =
        work.apply(() -> waiting.compareAndSet(request, null))
            .whenComplete((result, error) -> finish(request, result, error));
    return request.minimalCompletionStage();
  }

  private void finish(CompletableFuture<T> request, @Nullable T result, @Nullable Throwable error) {
    // Also if its turn could not begin: otherwise nobody would ever be answered again.
    waiting.compareAndSet(request, null);
    if (error == null) {
      request.complete(result);
    } else {
      request.completeExceptionally(Failure.cause(error));
    }
  }
}
