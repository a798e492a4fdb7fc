package org.jsupervisor.core.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.output.SinkMaker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot.State;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.OutputSpec;
import org.junit.jupiter.api.Test;

/** What operators see of a destination, whatever stands before it. */
class LedgerTest {
  private static final Incarnation RUN = new Incarnation(ChildId.of("c"), 1);
  private static final OutputSource OUT = new OutputSource(RUN, OutputSource.Stream.STDOUT);
  private static final OutputSource ERR = new OutputSource(RUN, OutputSource.Stream.STDERR);

  private final List<String> told = new ArrayList<>();
  private long nowNanos = 5;

  private Destinations.Made made(OutputSpec output) {
    return new Destinations(
            log -> (source, bytes) -> {},
            () -> nowNanos,
            new Writers("test"),
            (run, bytes, why) -> told.add(bytes + ": " + why))
        .of(output);
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  private static DestinationSnapshot only(Destinations.Made made) {
    assertThat(made.ledgers()).hasSize(1);
    return made.ledgers().get(0).read();
  }

  @Test
  void destinationThatTakesAll_isOk() throws IOException {
    Destinations.Made made = made(OutputSpec.logged(Path.of("log/web")));
    made.sink().accept(OUT, bytes(10));
    assertThat(only(made)).isEqualTo(new DestinationSnapshot("log/web", State.OK, 0, 0, ""));
  }

  @Test
  void whatIsRefusedAndKept_waits_foreachStream() throws IOException {
    Recorder full = new Recorder(3);
    Destinations.Made made = made(OutputSpec.to(full).withBackPressure(BackPressure.block()));
    ByteBuffer held = bytes(10);
    assertThatThrownBy(() -> made.sink().accept(OUT, held)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> made.sink().accept(ERR, bytes(5))).isInstanceOf(IOException.class);
    assertThat(only(made).state()).isEqualTo(State.FAILING);
    assertThat(only(made).waitingBytes()).isEqualTo(12);

    full.grow(7);
    made.sink().accept(OUT, held);
    assertThat(only(made).state()).isEqualTo(State.OK);
    assertThat(only(made).waitingBytes()).isEqualTo(5);
    assertThat(only(made).lastFailure()).isNotEmpty();

    made.sink().lost(ERR, 5);
    assertThat(only(made).waitingBytes()).isZero();
    assertThat(only(made).lostBytes()).isEqualTo(5);
  }

  /** A syslog daemon that is away when a source ends in the middle of a line. */
  @Test
  void bytesThatWereTaken_andAreLostAtTheEndOrTheClose_areCounted() throws IOException {
    for (BackPressure pressure : List.of(BackPressure.block(), BackPressure.loseRefused())) {
      told.clear();
      OutputSpec.Destination one = OutputSpec.to(new LosingSink(28, 4)).withBackPressure(pressure);
      Destinations.Made made = made(one);
      assertThatThrownBy(() -> made.sink().ended(OUT)).isInstanceOf(OutputLostException.class);
      assertThat(only(made).lostBytes()).isEqualTo(28);
      assertThat(only(made).state()).isEqualTo(State.FAILING);
      assertThat(told).as("the platform tells it").isEmpty();
      assertThatThrownBy(() -> made.sink().close()).isInstanceOf(IOException.class);
      assertThat(only(made).lostBytes()).isEqualTo(32);
      assertThat(told).hasSize(1).first().asString().startsWith("4: ");
    }
  }

  @Test
  void bytesThatOneOfSeveralLosesAtTheEnd_areCountedOnce() throws IOException {
    OutputSpec.Destination one = OutputSpec.to(new LosingSink(28, 4));
    Destinations.Made made = made(OutputSpec.toAll(OutputSpec.to(new Recorder(9)), one));
    made.sink().ended(OUT);
    assertThat(made.ledgers().get(0).read().lostBytes()).isZero();
    assertThat(made.ledgers().get(1).read().lostBytes()).isEqualTo(28);
    assertThat(told).hasSize(1).first().asString().startsWith("28: ");
    assertThatThrownBy(() -> made.sink().close()).isInstanceOf(IOException.class);
    assertThat(made.ledgers().get(1).read().lostBytes()).isEqualTo(32);
    assertThat(told).hasSize(2).last().asString().startsWith("4: ");
  }

  @Test
  void waitingWithoutABreak_isBehind() throws IOException {
    Recorder full = new Recorder(0);
    Destinations.Made made = made(OutputSpec.to(full).withBackPressure(BackPressure.block()));
    assertThatThrownBy(() -> made.sink().accept(OUT, bytes(3))).isInstanceOf(IOException.class);
    full.grow(100);
    made.sink().accept(ERR, bytes(1));
    assertThat(only(made).state()).as("it takes again").isEqualTo(State.OK);
    nowNanos += DestinationSnapshot.BEHIND_AFTER.toNanos();
    assertThat(only(made).state()).isEqualTo(State.BEHIND);
    made.sink().accept(OUT, bytes(3));
    assertThat(only(made).state()).isEqualTo(State.OK);
  }

  @Test
  void callThatDoesNotComeBack_isBehind_andWhatItHasWaits() throws IOException {
    List<DestinationSnapshot> seen = new ArrayList<>();
    List<Destinations.Made> made = new ArrayList<>();
    OutputSink slow =
        (source, bytes) -> {
          nowNanos += DestinationSnapshot.BEHIND_AFTER.toNanos();
          seen.add(only(made.get(0)));
          bytes.position(bytes.limit());
        };
    made.add(made(OutputSpec.to(slow)));
    made.get(0).sink().accept(OUT, bytes(8));
    assertThat(seen).extracting(DestinationSnapshot::state).containsExactly(State.BEHIND);
    assertThat(seen).extracting(DestinationSnapshot::waitingBytes).containsExactly(8L);
    assertThat(only(made.get(0)).state()).isEqualTo(State.OK);
  }

  @Test
  void oneOfSeveralThatFails_isNamed_andTheOthersAreOk() throws IOException {
    OutputSink broken = new Broken();
    Destinations.Made made =
        made(OutputSpec.toAll(OutputSpec.logged(Path.of("log/web")), OutputSpec.to(broken)));
    made.sink().accept(OUT, bytes(4));
    assertThat(made.ledgers())
        .extracting(Ledger::read)
        .containsExactly(
            new DestinationSnapshot("log/web", State.OK, 0, 0, ""),
            new DestinationSnapshot("to ?forge", State.FAILING, 0, 4, "java.io.IOException: a?b"));
    assertThat(told).hasSize(1).first().asString().startsWith("4: to ?forge: ");
  }

  /** Two of them are equal: they are one place. */
  private record Maker(List<OutputSink> made) implements SinkMaker {
    @Override
    public OutputSink make() {
      Recorder sink = new Recorder(100);
      made.add(sink);
      return sink;
    }

    @Override
    public String name() {
      return "made";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Maker;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void sinkThatIsMade_isMadeOnce_forBothStreams() throws IOException {
    Maker maker = new Maker(new ArrayList<>());
    Destinations.Made made =
        made(
            OutputSpec.separate(
                OutputSpec.made(maker), OutputSpec.made(new Maker(new ArrayList<>()))));
    made.sink().accept(OUT, bytes(2));
    made.sink().accept(ERR, bytes(3));
    made.sink().close();
    assertThat(maker.made).hasSize(1);
    assertThat(((Recorder) maker.made.get(0)).text()).hasSize(5);
    assertThat(((Recorder) maker.made.get(0)).isClosed()).isTrue();
    assertThat(only(made).place()).isEqualTo("made");
  }

  @Test
  void sinkThatCannotBeMade_isFailing_andSaysWhy() {
    SinkMaker broken =
        new SinkMaker() {
          @Override
          public OutputSink make() {
            throw new UnsupportedOperationException("no sockets here");
          }

          @Override
          public String name() {
            return "broken";
          }
        };
    Destinations.Made made = made(OutputSpec.made(broken));
    assertThatThrownBy(() -> made.sink().accept(OUT, bytes(2))).isInstanceOf(IOException.class);
    assertThat(only(made).state()).isEqualTo(State.FAILING);
    assertThat(only(made).lastFailure()).contains("broken").contains("no sockets here");
  }

  @Test
  void sameMakerTwice_isRefused() {
    OutputSpec.Destination one = OutputSpec.made(new Maker(new ArrayList<>()));
    OutputSpec.Destination other =
        OutputSpec.made(new Maker(new ArrayList<>())).withBackPressure(BackPressure.block());
    assertThatThrownBy(() -> OutputSpec.toAll(one, other))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("made")
        .hasMessageContaining("twice");
  }

  @Test
  void placeOfBothStreams_isOne() {
    OutputSpec.Destination log = OutputSpec.logged(Path.of("log/web"));
    Destinations.Made made = made(OutputSpec.separate(log, log));
    assertThat(only(made)).isEqualTo(DestinationSnapshot.unused("log/web"));
  }

  @Test
  void sinkThatThrowsWhenItIsAsked_hasNoName() {
    OutputSink rude =
        new OutputSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {}

          @Override
          public String name() {
            throw new IllegalStateException("no");
          }
        };
    assertThat(only(made(OutputSpec.to(rude))).place()).isEqualTo("Custom without a name");
  }

  @Test
  void sinkThatThrowsWhenItsFilesAreMeasured_hasNoSizes_andSaysWhy() {
    RotatingSink rude =
        new RotatingSink() {
          @Override
          public void accept(OutputSource source, ByteBuffer bytes) {}

          @Override
          public void rotate() {}

          @Override
          public Optional<LogSizes> sizes() {
            throw new IllegalStateException("no files here");
          }
        };
    DestinationSnapshot seen = only(made(OutputSpec.to(rude)));
    assertThat(seen.sizes()).isEmpty();
    assertThat(seen.lastFailure()).contains("no files here");
    assertThat(seen.state()).as("it takes all").isEqualTo(State.OK);
  }

  /** Refuses all, and has a name that would forge a line. */
  private static final class Broken implements OutputSink {
    @Override
    public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
      throw new IOException("a\nb");
    }

    @Override
    public String name() {
      return "to \nforge";
    }
  }
}
