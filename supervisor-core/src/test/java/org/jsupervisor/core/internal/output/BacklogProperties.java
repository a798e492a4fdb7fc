package org.jsupervisor.core.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.BackPressure;

/**
 * Of every source each byte comes out once, in order, or is in the gap of its place: the bytes and
 * gaps of a source add up to what went in, and the end is its last piece.
 */
class BacklogProperties {
  private static final int SOURCES = 3;
  private static final long BUDGET = BackPressure.MEMORY_BYTES_MIN;

  /** Something that happens to a backlog. */
  sealed interface Act {
    record Write(int source, int bytes) implements Act {}

    record End(int source) implements Act {}

    record Take(int pieces) implements Act {}
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<Integer> source = Arbitraries.integers().between(0, SOURCES - 1);
    Arbitrary<Integer> length =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(1, 40)),
            Tuple.of(2, Arbitraries.integers().between(1, 40_000)));
    Arbitrary<Act> write = Combinators.combine(source, length).as(Act.Write::new);
    Arbitrary<Act> take = Arbitraries.integers().between(1, 6).map(Act.Take::new);
    Arbitrary<Act> end = source.map(Act.End::new);
    return Arbitraries.frequencyOf(Tuple.of(12, write), Tuple.of(4, take), Tuple.of(1, end))
        .list()
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void memory_droppingItsOldest_keepsTheBooks(@ForAll("acts") List<Act> acts) {
    keepsTheBooks(tally -> memory(BackPressure.End.OLDEST, tally), acts);
  }

  @Property(tries = 300)
  void memory_droppingTheNewest_keepsTheBooks(@ForAll("acts") List<Act> acts) {
    keepsTheBooks(tally -> memory(BackPressure.End.NEWEST, tally), acts);
  }

  @Property(tries = 100)
  void file_keepsTheBooks(@ForAll("acts") List<Act> acts) throws IOException {
    Path file = Files.createTempFile("spill", "");
    try {
      keepsTheBooks(tally -> new SpillBacklog(new BackPressure.Spill(file, BUDGET), tally), acts);
      assertThat(Files.size(file)).isZero();
    } finally {
      Files.delete(file);
    }
  }

  private static Backlog memory(BackPressure.End end, LossTally tally) {
    return new MemoryBacklog(new BackPressure.Drop(end, BUDGET), tally);
  }

  private static void keepsTheBooks(Function<LossTally, Backlog> maker, List<Act> acts) {
    Ledger ledger = Ledgers.ofNobody();
    Map<Incarnation, Long> told = new HashMap<>();
    LossTally tally =
        new LossTally(ledger, (run, bytes, why) -> told.merge(run, bytes, Long::sum), () -> 0);
    Backlog backlog = maker.apply(tally);
    Books books = new Books();
    for (Act act : acts) {
      books.apply(act, backlog);
      assertThat(backlog.waitingBytes())
          .as("what has come in, and is neither out nor lost")
          .isEqualTo(books.held() - ledger.read().lostBytes());
    }
    for (var piece = backlog.next(); piece.isPresent(); piece = backlog.next()) {
      books.takeOut(piece.get());
    }
    tally.tell();
    backlog.close();
    books.check(told);
  }

  /** What went in and what came out. */
  private static final class Books {
    private final long[] in = new long[SOURCES];
    private final long[] out = new long[SOURCES];
    private final long[] gaps = new long[SOURCES];
    private final boolean[] ended = new boolean[SOURCES];
    private final boolean[] endSeen = new boolean[SOURCES];

    static OutputSource source(int number) {
      return new OutputSource(new Incarnation(ChildId.of("c"), number + 1));
    }

    static int number(OutputSource source) {
      return (int) source.incarnation().number() - 1;
    }

    void apply(Act act, Backlog backlog) {
      if (act instanceof Act.Write write && !ended[write.source]) {
        byte[] bytes = new byte[write.bytes];
        for (int n = 0; n < bytes.length; n++) {
          bytes[n] = (byte) ((in[write.source] + n) % 251);
        }
        in[write.source] += bytes.length;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        backlog.add(source(write.source), buffer);
        assertThat(buffer.hasRemaining()).isFalse();
      } else if (act instanceof Act.End end && !ended[end.source]) {
        ended[end.source] = true;
        backlog.addEnd(source(end.source));
      } else if (act instanceof Act.Take take) {
        for (int n = 0; n < take.pieces; n++) {
          Optional<Piece> piece = backlog.next();
          piece.ifPresent(this::takeOut);
        }
      }
    }

    long held() {
      return LongStream.of(in).sum() - LongStream.of(out).sum();
    }

    void takeOut(Piece piece) {
      int from = number(piece.source());
      assertThat(endSeen[from]).as("nothing comes after the end").isFalse();
      if (piece instanceof Piece.Gap gap) {
        gaps[from] += gap.lostBytes();
      } else if (piece instanceof Piece.Bytes bytes) {
        ByteBuffer buffer = bytes.bytes();
        while (buffer.hasRemaining()) {
          long place = out[from] + gaps[from];
          assertThat(buffer.get()).isEqualTo((byte) (place % 251));
          out[from]++;
        }
      } else {
        endSeen[from] = true;
      }
    }

    void check(Map<Incarnation, Long> told) {
      for (int n = 0; n < SOURCES; n++) {
        assertThat(out[n] + gaps[n]).isEqualTo(in[n]);
        assertThat(endSeen[n]).isEqualTo(ended[n]);
        assertThat(told.getOrDefault(source(n).incarnation(), 0L)).isEqualTo(gaps[n]);
      }
    }
  }
}
