package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.core.internal.queue.Inbox;
import org.junit.jupiter.api.Test;

/**
 * The inbox, used by several threads at once, does what it would do if they took turns: many
 * writers, and one reader, which is the engine.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class InboxLincheckTest {
  private final Inbox<Integer> inbox = new Inbox<>(2);

  @Operation
  public boolean offer(@Param(name = "value") int value) {
    return inbox.offer(value);
  }

  @Operation(nonParallelGroup = "reader")
  public @Nullable Integer poll() {
    return inbox.poll();
  }

  @Test
  void stress_isLinearizable() {
    new StressOptions()
        .sequentialSpecification(BoundedQueue.class)
        .iterations(20)
        .invocationsPerIteration(2_000)
        .threads(3)
        .actorsPerThread(3)
        .check(InboxLincheckTest.class);
  }

  @Test
  void modelChecking_isLinearizable() {
    new ModelCheckingOptions()
        .sequentialSpecification(BoundedQueue.class)
        .iterations(20)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(2)
        .check(InboxLincheckTest.class);
  }

  /** That the two tests above can fail. */
  @Test
  void queueWithoutAnyCare_isCaught() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(
            () ->
                new ModelCheckingOptions()
                    .iterations(50)
                    .threads(2)
                    .actorsPerThread(2)
                    .check(Careless.class));
  }

  /** What the inbox is meant to be. */
  public static final class BoundedQueue {
    private final Queue<Integer> values = new ArrayDeque<>();

    public boolean offer(int value) {
      return values.size() < 2 && values.add(value);
    }

    public @Nullable Integer poll() {
      return values.poll();
    }
  }

  /** Not safe for several threads. */
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  public static final class Careless {
    private int size;

    @Operation
    public int offer(@Param(name = "value") int value) {
      size = size + value;
      return size;
    }
  }
}
