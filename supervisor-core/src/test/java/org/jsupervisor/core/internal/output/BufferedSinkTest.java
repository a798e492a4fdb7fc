package org.jsupervisor.core.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jsupervisor.core.internal.ScarceThreads;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.DestinationSnapshot.State;
import org.jsupervisor.spec.BackPressure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The child's side never waits, and what the destination is told adds up. */
class BufferedSinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final OutputSource SOURCE = new OutputSource(new Incarnation(ChildId.of("c"), 1));
  private static final int BUDGET = (int) BackPressure.MEMORY_BYTES_MIN;

  private Writers writers = new Writers("test");
  private Ledger ledger = Ledgers.ofNobody();
  private final List<Long> losses = new CopyOnWriteArrayList<>();

  private BufferedSink buffered(OutputSink destination, BackPressure.End end) {
    ledger = Ledgers.of(destination, System::nanoTime);
    LossTally tally =
        new LossTally(ledger, (run, bytes, why) -> losses.add(bytes), System::nanoTime);
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
    await("what is refused shows", () -> ledger.read().waitingBytes() == 3);
    await("as a failure", () -> ledger.read().state() == State.FAILING);
    destination.grow(100);
    await("the rest", () -> destination.text().equals("abcdef"));
    await("nothing waits", () -> ledger.read().waitingBytes() == 0);
    assertThat(ledger.read().state()).isEqualTo(State.OK);
    assertThat(ledger.read().lastFailure()).isNotEmpty();
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
    assertThat(ledger.read().lostBytes()).isEqualTo(500);
    assertThat(ledger.read().waitingBytes()).isZero();
  }

  /** A destination of which one call does not come back before it is let go. */
  private static final class Hanging implements OutputSink {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();
    private final Hangs hangs;

    enum Hangs {
      IN_ACCEPT,
      IN_CLOSE
    }

    Hanging(Hangs hangs) {
      this.hangs = hangs;
    }

    @Override
    public void accept(OutputSource source, ByteBuffer bytes) {
      if (hangs == Hangs.IN_ACCEPT) {
        hang();
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      if (hangs == Hangs.IN_CLOSE) {
        hang();
      }
    }

    private void hang() {
      inside.countDown();
      boolean released = false;
      while (!released) {
        try {
          released = release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException deaf) {
          // That is the point.
        }
      }
    }
  }

  @Test
  void closeThatHangs_holdsUpNobody() throws Exception {
    Hanging destination = new Hanging(Hanging.Hangs.IN_CLOSE);
    BufferedSink sink = buffered(destination, BackPressure.End.NEWEST);
    sink.accept(SOURCE, ByteBuffer.allocate(1));
    sink.close();
    destination.inside.await();
    assertWritersEndWhileHanging(destination);
  }

  @Test
  void closeThatHangs_ofASinkThatWaits_holdsUpNobodyEither() throws Exception {
    Hanging destination = new Hanging(Hanging.Hangs.IN_CLOSE);
    buffered(destination, BackPressure.End.NEWEST);
    assertWritersEndWhileHanging(destination);
  }

  private void assertWritersEndWhileHanging(Hanging destination) throws Exception {
    Thread closer = new Thread(() -> writers.close(Duration.ofMillis(1)));
    closer.start();
    try {
      destination.inside.await();
      closer.join(PATIENCE.toMillis() / 3);
      assertThat(closer.isAlive()).isFalse();
    } finally {
      destination.release.countDown();
      closer.join(PATIENCE.toMillis());
    }
    assertThat(destination.closed).hasValue(1);
  }

  @Test
  void sinkThatWaitsForAWriter_isClosedAtTheEnd_once() throws Exception {
    List<Hanging> hanging = new ArrayList<>();
    for (int n = 0; n < Writers.THREADS_MAX; n++) {
      Hanging destination = new Hanging(Hanging.Hangs.IN_ACCEPT);
      hanging.add(destination);
      buffered(destination, BackPressure.End.NEWEST).accept(SOURCE, ByteBuffer.allocate(1));
      destination.inside.await();
    }
    Hanging waiting = new Hanging(Hanging.Hangs.IN_CLOSE);
    waiting.release.countDown();
    buffered(waiting, BackPressure.End.NEWEST).accept(SOURCE, ByteBuffer.allocate(7));
    writers.close(Duration.ofMillis(1));
    hanging.forEach(destination -> destination.release.countDown());

    assertThat(waiting.closed).hasValue(1);
    assertThat(lost()).isEqualTo(7);
    for (Hanging destination : hanging) {
      await("closed by its writer", () -> destination.closed.get() == 1);
    }
  }

  @Test
  void bytesThatWereTaken_andAreLostAtTheEndOrTheClose_areCounted() throws Exception {
    BufferedSink sink = buffered(new LosingSink(28, 4), BackPressure.End.NEWEST);
    sink.ended(SOURCE);
    await("those at the end are told", () -> lost() == 28);
    assertThat(ledger.read().lostBytes()).isEqualTo(28);
    assertThat(ledger.read().state()).isEqualTo(State.FAILING);
    sink.close();
    await("those at the close are told", () -> lost() == 32);
    assertThat(ledger.read().lostBytes()).isEqualTo(32);
  }

  @Test
  void endThatCannotBeKept_isTold() throws Exception {
    OutputSink destination =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {}

          @Override
          public void ended(OutputSource source) throws IOException {
            throw new IOException("full");
          }
        };
    buffered(destination, BackPressure.End.NEWEST).ended(SOURCE);
    await("it is told", () -> losses.equals(List.of(0L)));
  }

  @Test
  void noThreadCanBeStarted_losesNothing_andThePlannedIsDoneWithTheNext() throws Exception {
    writers = new Writers(new ScarceThreads());
    Recorder first = new Recorder(Integer.MAX_VALUE);
    Recorder second = new Recorder(Integer.MAX_VALUE);
    BufferedSink sink = buffered(first, BackPressure.End.NEWEST);
    sink.accept(SOURCE, ByteBuffer.wrap(new byte[] {'x'}));
    sink.close();
    buffered(second, BackPressure.End.NEWEST).close();
    await("closed", () -> first.isClosed() && second.isClosed());
    assertThat(first.text()).isEqualTo("x");
    assertThat(lost()).isZero();
  }
}
