package org.jsupervisor.jmx.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.Request;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * An operation as a console asks for it: arguments are checked, the waiting has a limit, the answer
 * is a sentence, and a refusal is an exception that every client knows. Our own exception classes
 * must not even be causes: a remote client could not read the answer.
 */
final class Console {
  /** What JConsole sends for a text field that was left untouched. */
  private static final String UNTOUCHED = "String";

  private Console() {}

  /**
   * Asks, and waits for a while.
   *
   * @param operation what is asked
   * @param waitSeconds how long to wait, 0 to {@value ServiceMXBean#WAIT_SECONDS_MAX}
   * @param done says that it is done
   * @param meanwhile says what is, if it is not done in this time
   */
  static <T> String answer(
      Supplier<CompletionStage<T>> operation,
      int waitSeconds,
      Function<T, String> done,
      Supplier<String> meanwhile) {
    checkWait(waitSeconds);
    try {
      T result = operation.get().toCompletableFuture().get(waitSeconds, TimeUnit.SECONDS);
      return done.apply(result);
    } catch (TimeoutException late) {
      String waited = waitSeconds == 0 ? "not waited for" : "not done after " + waitSeconds + " s";
      return "accepted, " + waited + ": " + meanwhile.get();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return "accepted, waiting interrupted: " + meanwhile.get();
    } catch (ExecutionException | RuntimeException refusal) {
      throw new IllegalStateException(text(refusal));
    }
  }

  /**
   * Waits for what is read, for so long at most.
   *
   * @throws IllegalStateException if it fails, or is not there by then; the message says of what
   */
  static <T> T await(Supplier<CompletionStage<T>> reading, int waitSeconds, String failed) {
    try {
      return reading.get().toCompletableFuture().get(waitSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(failed + " within " + waitSeconds + " s");
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failed + ": interrupted");
    } catch (ExecutionException | RuntimeException failure) {
      throw new IllegalStateException(failed + ": " + text(failure));
    }
  }

  private static void checkWait(int waitSeconds) {
    if (waitSeconds < 0 || waitSeconds > ServiceMXBean.WAIT_SECONDS_MAX) {
      throw new IllegalArgumentException(
          "waitSeconds must be 0 to " + ServiceMXBean.WAIT_SECONDS_MAX + ", was " + waitSeconds);
    }
  }

  /** A request of the caller, if a person has written the reason. */
  static Request request(@Nullable String reason) {
    return Request.of(Caller.name(), checkedText("reason", reason));
  }

  /** A request of the caller without a reason. */
  static Request request() {
    return Request.of(Caller.name(), Request.UNNAMED.reason());
  }

  /** A text argument, if a person has written it. */
  static String checkedText(String parameter, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(parameter + " must not be blank");
    }
    if (text.equals(UNTOUCHED)) {
      throw new IllegalArgumentException(
          parameter + " must be written: '" + UNTOUCHED + "' is what a console sends untouched");
    }
    return text.strip();
  }

  private static String text(Throwable refusal) {
    Throwable cause = refusal;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
