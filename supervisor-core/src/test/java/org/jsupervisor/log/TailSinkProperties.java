package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jsupervisor.output.OutputSource;

/** The tail is what a naive one would keep, that has all output and looks at its end. */
class TailSinkProperties {
  private static final int LINE_BYTES_MAX = TailSink.BYTES_MIN / 8;

  /** Bytes of a run, or its end. */
  private record Call(OutputSource source, String latin, boolean ends) {
    byte[] bytes() {
      return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @Provide
  Arbitrary<List<Call>> calls() {
    Arbitrary<byte[]> bytes =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(30),
            Arbitraries.of("\n", "ab\ncd", "\n\n", "x".repeat(100))
                .map(text -> text.getBytes(StandardCharsets.US_ASCII)));
    Arbitrary<Boolean> ends = Arbitraries.integers().between(0, 9).map(n -> n == 0);
    return Combinators.combine(Arbitraries.longs().between(1, 6), bytes, ends)
        .as(
            (run, output, end) ->
                new Call(
                    LogFixture.source(run), new String(output, StandardCharsets.ISO_8859_1), end))
        .list()
        .ofMaxSize(60);
  }

  /** Keeps everything, without a limit. */
  private static final class Naive {
    private final Map<OutputSource, ByteArrayOutputStream> open = new LinkedHashMap<>();
    private final List<TailLine> all = new ArrayList<>();

    void call(Call call) {
      if (call.ends()) {
        finish(call.source());
        return;
      }
      for (byte value : call.bytes()) {
        var line = open.computeIfAbsent(call.source(), unused -> new ByteArrayOutputStream());
        if (value == '\n') {
          add(call.source(), line.toByteArray(), OutputLine.Ending.NEWLINE);
          line.reset();
        } else {
          line.write(value);
        }
      }
      var line = open.get(call.source());
      if (line != null && line.size() == 0) {
        open.remove(call.source());
      }
      if (open.size() > 4) {
        finish(open.keySet().iterator().next());
      }
    }

    void finish(OutputSource source) {
      var line = open.remove(source);
      if (line != null) {
        add(source, line.toByteArray(), OutputLine.Ending.MISSING);
      }
    }

    private void add(OutputSource source, byte[] bytes, OutputLine.Ending ending) {
      all.add(new TailLine(source, cut(bytes, ending)));
    }

    private static OutputLine cut(byte[] bytes, OutputLine.Ending ending) {
      int kept = Math.min(bytes.length, LINE_BYTES_MAX);
      return new OutputLine(Arrays.copyOf(bytes, kept), bytes.length - kept, ending);
    }

    List<TailLine> tail(int linesMax) {
      int from = all.size();
      int bytes = 0;
      while (from > 0 && all.size() - from < linesMax) {
        bytes += all.get(from - 1).line().length() + TailSink.LINE_COST_BYTES;
        if (bytes > TailSink.BYTES_MIN) {
          break;
        }
        from--;
      }
      List<TailLine> tail = new ArrayList<>(all.subList(from, all.size()));
      open.forEach(
          (source, line) ->
              tail.add(new TailLine(source, cut(line.toByteArray(), OutputLine.Ending.MISSING))));
      return tail;
    }
  }

  @Property
  void tail_isThatOfANaiveOne(
      @ForAll("calls") List<Call> calls, @ForAll @IntRange(min = 1, max = 12) int linesMax) {
    TailSink sink = TailSink.of(linesMax, TailSink.BYTES_MIN);
    Naive naive = new Naive();
    for (Call call : calls) {
      if (call.ends()) {
        sink.ended(call.source());
      } else {
        ByteBuffer direct = ByteBuffer.allocateDirect(call.bytes().length).put(call.bytes()).flip();
        sink.accept(call.source(), direct);
        assertThat(direct.hasRemaining()).isFalse();
      }
      naive.call(call);
      assertThat(sink.lines()).isEqualTo(naive.tail(linesMax));
    }
    sink.close();
    List.copyOf(naive.open.keySet()).forEach(naive::finish);
    assertThat(sink.lines()).isEqualTo(naive.tail(linesMax));
  }

  @Example
  void lines_canBeReadWhileOthersAreTaken() throws Exception {
    TailSink sink = TailSink.of(10, 10_000);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 50_000; i++) {
                sink.accept(LogFixture.FIRST, LogFixture.bytes(i + "\n"));
              }
            });
    boolean over = false;
    while (!over) {
      over = writer.isDone();
      List<Integer> seen =
          sink.lines().stream().map(each -> Integer.valueOf(each.line().text())).toList();
      assertThat(seen).hasSizeLessThanOrEqualTo(10);
      for (int i = 1; i < seen.size(); i++) {
        assertThat(seen.get(i)).isEqualTo(seen.get(i - 1) + 1);
      }
    }
    writer.get();
    assertThat(sink.lines()).hasSize(10).last().extracting(e -> e.line().text()).isEqualTo("49999");
  }

  @Example
  void badLimits_areRefused() {
    assertThatThrownBy(() -> TailSink.of(0, 10_000)).hasMessageContaining("were 0");
    assertThatThrownBy(() -> TailSink.of(1, 1023)).hasMessageContaining("1024, were 1023");
  }
}
