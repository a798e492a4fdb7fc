package org.jsupervisor.core.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSink.OnFailure;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.Test;

/** Each sink gets every byte once, whatever the others do. */
class TeeTest {
  private static final OutputSource ONE = source(1);
  private static final OutputSource OTHER = source(2);

  private final List<String> losses = new ArrayList<>();
  private long nowNanos;

  private static OutputSource source(long run) {
    return new OutputSource(new Incarnation(ChildId.of("c"), run));
  }

  private Tee tee(OutputSink... sinks) {
    return new Tee(
        Stream.of(sinks)
            .map(sink -> new DirectSink(sink, tally()))
            .map(sink -> new Tee.To(sink, tally()))
            .toList());
  }

  private LossTally tally() {
    LossListener listener = (run, bytes, why) -> losses.add(bytes + " of " + run);
    return new LossTally(Ledgers.ofNobody(), listener, () -> nowNanos);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void oneThatInsists_makesAllWait_andNobodyGetsBytesTwice() throws IOException {
    Recorder free = new Recorder(100);
    Recorder full = new Recorder(2);
    Tee tee = tee(free, new InsistentSink(full));
    assertThat(tee.onFailure(ONE)).isEqualTo(OnFailure.OFFER_AGAIN);

    ByteBuffer offered = bytes("abcde");
    assertThatThrownBy(() -> tee.accept(ONE, offered)).isInstanceOf(IOException.class);
    assertThat(offered.remaining()).isEqualTo(3);
    full.grow(1);
    assertThatThrownBy(() -> tee.accept(ONE, offered)).isInstanceOf(IOException.class);
    full.grow(10);
    tee.accept(ONE, offered);

    assertThat(free.text()).isEqualTo("abcde");
    assertThat(full.text()).isEqualTo("abcde");
    assertThat(losses).isEmpty();
  }

  @Test
  void sourcesInTurn_areKeptApart() throws IOException {
    Recorder free = new Recorder(100);
    Recorder full = new Recorder(1);
    Tee tee = tee(free, new InsistentSink(full));
    ByteBuffer first = bytes("ab");
    ByteBuffer second = bytes("xy");
    assertThatThrownBy(() -> tee.accept(ONE, first)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tee.accept(OTHER, second)).isInstanceOf(IOException.class);
    full.grow(10);
    tee.accept(OTHER, second);
    tee.accept(ONE, first);

    assertThat(free.text()).isEqualTo("abxy");
    assertThat(full.text()).isEqualTo("axyb");
  }

  @Test
  void whatOneRefuses_isLostForItAlone() throws IOException {
    Recorder free = new Recorder(100);
    Recorder full = new Recorder(2);
    Tee tee = tee(full, free);
    assertThat(tee.onFailure(ONE)).isEqualTo(OnFailure.LOSE);
    ByteBuffer offered = bytes("abcde");
    tee.accept(ONE, offered);

    assertThat(offered.hasRemaining()).isFalse();
    assertThat(free.text()).isEqualTo("abcde");
    assertThat(full.told()).containsExactly("lost 3");
    assertThat(losses).containsExactly("3 of c#1");
  }

  @Test
  void oneThatThrows_keepsNothingFromTheOthers() throws IOException {
    Recorder free = new Recorder(100);
    OutputSink broken =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void ended(OutputSource source) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void close() {
            throw new IllegalStateException("broken");
          }
        };
    Tee tee = tee(broken, free);
    tee.accept(ONE, bytes("ab"));
    tee.ended(ONE);
    assertThatThrownBy(tee::close).isInstanceOf(IOException.class);

    assertThat(free.text()).isEqualTo("ab");
    assertThat(free.told()).containsExactly("ended");
    assertThat(free.isClosed()).isTrue();
    assertThat(losses).containsExactly("2 of c#1", "0 of c#1");
  }

  @Test
  void whatIsGivenUp_isMarkedWhereItIsMissing() {
    Recorder free = new Recorder(100);
    Recorder full = new Recorder(1);
    Tee tee = tee(free, new InsistentSink(full));
    assertThatThrownBy(() -> tee.accept(ONE, bytes("abc"))).isInstanceOf(IOException.class);
    tee.lost(ONE, 2);

    assertThat(free.told()).isEmpty();
    assertThat(full.told()).containsExactly("lost 2");
  }

  @Test
  void manyLosses_areToldOnceASecond_andTheRestAtTheEnd() throws IOException {
    Tee tee = tee(new Recorder(0), new Recorder(10_000));
    for (int n = 0; n < 1000; n++) {
      tee.accept(ONE, bytes("a"));
    }
    assertThat(losses).containsExactly("1 of c#1");
    nowNanos = LossTally.INTERVAL_NANOS;
    tee.accept(ONE, bytes("a"));
    assertThat(losses).containsExactly("1 of c#1", "1000 of c#1");
    tee.accept(ONE, bytes("ab"));
    tee.ended(ONE);
    assertThat(losses).containsExactly("1 of c#1", "1000 of c#1", "2 of c#1");
  }
}
