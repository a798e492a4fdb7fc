package org.jsupervisor.core.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.BackPressure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The child's side never waits, and what the destination is told adds up. */
class BufferedSinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final OutputSource SOURCE = new OutputSource(new Incarnation(ChildId.of("c"), 1));
  private static final int BUDGET = (int) BackPressure.MEMORY_BYTES_MIN;

  private final Writers writers = new Writers("test");
  private final List<Long> losses = new CopyOnWriteArrayList<>();

  private BufferedSink buffered(OutputSink destination, BackPressure.End end) {
    LossTally tally = new LossTally((run, bytes, why) -> losses.add(bytes), System::nanoTime);
    Backlog backlog = new MemoryBacklog(new BackPressure.Drop(end, BUDGET), tally);
    return new BufferedSink(destination, backlog, tally, writers);
  }

  @AfterEach
  void close() {
    writers.close(Duration.ZERO);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as(what).isLessThan(PATIENCE.toNanos());
      Thread.onSpinWait();
    }
  }

  private long lost() {
    return losses.stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void allIsDelivered_thenTheEnd_thenTheDestinationIsClosed() throws Exception {
    Recorder destination = new Recorder(Integer.MAX_VALUE);
    BufferedSink sink = buffered(destination, BackPressure.End.NEWEST);
    for (int n = 0; n < 1000; n++) {
      sink.accept(SOURCE, ByteBuffer.wrap(new byte[] {'x'}));
    }
    sink.ended(SOURCE);
    sink.close();
    await("closed", destination::isClosed);

    assertThat(destination.text()).isEqualTo("x".repeat(1000));
    assertThat(destination.told()).containsExactly("ended");
    assertThat(lost()).isZero();
  }

  @Test
  void destinationThatRefuses_getsTheRestLater() throws Exception {
    Recorder destination = new Recorder(3);
    BufferedSink sink = buffered(destination, BackPressure.End.NEWEST);
    sink.accept(SOURCE, ByteBuffer.wrap("abcdef".getBytes(StandardCharsets.US_ASCII)));
    await("the first bytes", () -> destination.text().equals("abc"));
    destination.grow(100);
    await("the rest", () -> destination.text().equals("abcdef"));
    assertThat(lost()).isZero();
  }

  @Test
  void destinationThatBlocks_holdsUpNobody_andTheLossIsCounted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Recorder kept = new Recorder(Integer.MAX_VALUE);
    OutputSink destination =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
            kept.accept(source, bytes);
          }

          @Override
          public void lost(OutputSource source, long bytes) {
            kept.lost(source, bytes);
          }
        };
    BufferedSink sink = buffered(destination, BackPressure.End.NEWEST);
    long written = 0;
    while (written < 10L * BUDGET) {
      sink.accept(SOURCE, ByteBuffer.allocate(1000));
      written += 1000;
    }
    release.countDown();
    sink.close();
    long all = written;
    await("all is told", () -> kept.text().length() + lost() == all);

    assertThat(lost()).isPositive();
    assertThat(kept.text().length()).isLessThanOrEqualTo(2 * BUDGET);
    await("a mark", () -> !kept.told().isEmpty());
  }

  @Test
  void faultOfTheDestination_costsItsPieceOnly() throws Exception {
    Recorder kept = new Recorder(Integer.MAX_VALUE);
    OutputSink destination =
        (source, bytes) -> {
          if (bytes.get(bytes.position()) == '!') {
            throw new IllegalStateException("no '!'");
          }
          kept.accept(source, bytes);
        };
    BufferedSink sink = buffered(destination, BackPressure.End.NEWEST);
    sink.accept(SOURCE, ByteBuffer.wrap(new byte[] {'!'}));
    await("the loss", () -> lost() == 1);
    sink.accept(SOURCE, ByteBuffer.wrap(new byte[] {'a'}));
    await("the next", () -> kept.text().equals("a"));
  }

  @Test
  void whatIsLeftAtTheEnd_isLost_andCounted() throws Exception {
    Recorder destination = new Recorder(0);
    BufferedSink sink = buffered(destination, BackPressure.End.OLDEST);
    sink.accept(SOURCE, ByteBuffer.allocate(500));
    sink.close();
    writers.close(Duration.ofMillis(1));
    await("closed", destination::isClosed);

    assertThat(destination.text()).isEmpty();
    assertThat(lost()).isEqualTo(500);
  }
}
