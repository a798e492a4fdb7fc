package org.jsupervisor.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Pieces of work of which each begins when the one before is done, so that what they share needs no
 * lock. Thread-safe. The queue is as long as its users make it: they bound it.
 */
final class Turns {
  private final Executor executor;

  /** Completed when the last turn that was taken is over. */
  private final AtomicReference<CompletableFuture<Void>> last =
      new AtomicReference<>(CompletableFuture.completedFuture(null));

  Turns(Executor executor) {
    this.executor = executor;
  }

  /**
   * Has the work done in its turn.
   *
   * @param work begins on a thread of the executor, and is done when its stage is
   * @return as the stage; exceptionally if the work threw, or the executor refused it
   */
  <T> CompletableFuture<T> take(Supplier<CompletionStage<T>> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    CompletableFuture<Void> over = new CompletableFuture<>();
    var unused =
        last.getAndSet(over)
            .thenComposeAsync(before -> work.get(), executor)
            .whenComplete(
                (result, error) -> {
                  if (error == null) {
                    outcome.complete(result);
                  } else {
                    outcome.completeExceptionally(Failure.cause(error));
                  }
                  over.complete(null);
                });
    return outcome;
  }
}
