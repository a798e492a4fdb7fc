package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is a record, whatever is in it and whoever refuses it. */
class SyslogSinkTest {
  private static final ChildId WEB = ChildId.of("backend").child("web");
  private static final OutputSource OUT = source(1);
  private static final int LIMIT = 1024;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

  private final RecordedDatagrams sent = new RecordedDatagrams(LIMIT);
  private final SyslogSink sink = builder().build();

  private static OutputSource source(long run) {
    return new OutputSource(new Incarnation(WEB, run), OutputSource.Stream.STDOUT);
  }

  private SyslogSink.Builder builder() {
    return SyslogSink.builder(sent)
        .withFormat(SyslogFormat.of(SyslogFacility.LOCAL3).withHostName("here"))
        .withClock(() -> NOON);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void line_isARecord_withWhoAndWhen() throws IOException {
    SyslogSink known = builder().withPids(run -> Optional.of(new Pid(4711))).build();
    known.accept(OUT, bytes("hello wörld\n\n"));
    Rfc5424 record = sent.records.get(0);
    assertThat(record.facility()).isEqualTo(19);
    assertThat(record.severity()).isEqualTo(6);
    assertThat(record.time()).isEqualTo("2026-11-21T12:00:00.250Z");
    assertThat(record.host()).isEqualTo("here");
    assertThat(record.app()).isEqualTo("backend/web");
    assertThat(record.process()).isEqualTo("4711");
    assertThat(record.message()).isEqualTo("stdout");
    assertThat(record.dataId()).isEqualTo("supervisor@32473");
    assertThat(record.data())
        .containsEntry("service", "backend/web")
        .containsEntry("incarnation", "1")
        .containsEntry("stream", "stdout")
        .hasSize(3);
    assertThat(sent.texts()).containsExactly("hello wörld", "");
    assertThat(known.name()).isEqualTo("syslog recorded");
    known.accept(new OutputSource(OUT.incarnation().signalProgram(7)), bytes("reloads\n"));
    assertThat(sent.records.get(2).data()).containsEntry("incarnation", "signal-7");
  }

  /** F50: nothing in a line ends the record, begins another one, or says how bad it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<0>1 2026-11-21T12:00:00Z evil kernel - - - panic",
        "a\rb",
        "\u001b[2J\u001b]0;owned\u0007",
        "\u2028<0>forged",
        "x\u0000y",
        "] \"quoted\" \\"
      })
  void lineThatWouldForge_isOneRecord_ofTheSameSeverity(String line) throws IOException {
    sink.accept(OUT, bytes(line + "\n"));
    assertThat(sent.records).hasSize(1);
    assertThat(sent.records.get(0).severity()).isEqualTo(6);
    assertThat(sent.records.get(0).text()).doesNotContainPattern("[\\x00-\\x1f\\u2028]");
  }

  /** F50: nor does a name. */
  @Test
  void namesThatWouldForge_areEncoded() {
    SyslogFormat format = SyslogFormat.of(SyslogFacility.DAEMON);
    String evil = "a b\n<0>\"]\\ [x" + "ä".repeat(300);
    SyslogRecord record =
        new SyslogRecord(
            SyslogSeverity.INFO, NOON, evil, evil, evil, java.util.Map.of("service", evil));
    ByteBuffer bytes = record.bytes(format, "text");
    assertThat(bytes.remaining()).isLessThan(LIMIT);
    Rfc5424 parsed = Rfc5424.parse(bytes);
    assertThat(parsed.text()).isEqualTo("text");
    assertThat(parsed.data().get("service")).startsWith("a b\\x0a<0>\"]\\ [xä");
    assertThat(parsed.app()).startsWith("a_b_<0>");
  }

  @Test
  void severity_isByTheFirstPattern_orByThePriorityIfThatIsRead() throws IOException {
    SyslogSink reading =
        builder()
            .addSeverity(Pattern.compile("ERROR"), SyslogSeverity.ERROR)
            .addSeverity(Pattern.compile("\\S"), SyslogSeverity.NOTICE)
            .withPriorities(SyslogPriorities.READ)
            .build();
    reading.accept(OUT, bytes("an ERROR\nall\n<2>bad ERROR\n<8>eight\n<2\n\n"));
    assertThat(sent.records).extracting(Rfc5424::severity).containsExactly(3, 5, 2, 5, 5, 6);
    assertThat(sent.texts()).containsExactly("an ERROR", "all", "bad ERROR", "<8>eight", "<2", "");
  }

  @Test
  void longLine_comesInMarkedParts_thatAreTheLine() throws IOException {
    String line = "<3>" + "0123456789€".repeat(500);
    SyslogSink reading = builder().withPriorities(SyslogPriorities.READ).build();
    reading.accept(OUT, bytes(line + "\n"));
    assertThat(sent.records).hasSizeGreaterThan(5);
    assertThat(sent.records).extracting(Rfc5424::severity).containsOnly(3);
    assertThat(sent.records.get(1).data()).containsEntry("part", "2");
    assertThat(joined()).isEqualTo(line.substring(3));
    assertThat(sent.texts().get(0)).endsWith(Slf4jSink.CONTINUES);
    assertThat(sent.texts().get(sent.records.size() - 1)).doesNotEndWith(Slf4jSink.CONTINUES);
  }

  private String joined() {
    StringBuilder all = new StringBuilder();
    for (String text : sent.texts()) {
      String part = text.startsWith(Slf4jSink.CONTINUED) ? text.substring(12) : text;
      all.append(part.endsWith(Slf4jSink.CONTINUES) ? part.substring(0, part.length() - 12) : part);
    }
    return all.toString();
  }

  @Test
  void mark_isThere_ifItIsWanted() throws IOException {
    builder()
        .withFormat(
            SyslogFormat.of(SyslogFacility.USER)
                .withAppName("fixed")
                .withDataId("web@49152")
                .withEncoding(SyslogFormat.Encoding.UTF_8_MARKED))
        .build()
        .accept(OUT, bytes("x\n"));
    assertThat(sent.texts()).containsExactly("\ufeffx");
    assertThat(sent.records.get(0).app()).isEqualTo("fixed");
    assertThat(sent.records.get(0).dataId()).isEqualTo("web@49152");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name", "name@", "@1", "a b@1", "a=b@1", "a]@1", "a@b", "a@1."})
  void dataIdThatIsNone_isRefused(String id) {
    SyslogFormat format = SyslogFormat.of(SyslogFacility.USER);
    assertThatIllegalArgumentException().isThrownBy(() -> format.withDataId(id));
  }

  /** Whatever is refused, and however often: each line comes once, in order. */
  @Property(tries = 200)
  void refusedRecords_comeOnce_inOrder(
      @ForAll @Size(max = 30) java.util.List<@IntRange(max = 2500) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 3) int roomEachTime,
      @ForAll @IntRange(min = 1, max = 4000) int readBytes)
      throws IOException {
    RecordedDatagrams narrow = new RecordedDatagrams(LIMIT);
    SyslogSink patient = SyslogSink.builder(narrow).build();
    StringBuilder all = new StringBuilder();
    lengths.forEach(
        length -> all.append("\u001b".repeat(length % 7)).append("x".repeat(length)).append('\n'));
    ByteBuffer written = bytes(all.toString());
    while (written.hasRemaining()) {
      int count = Math.min(readBytes, written.remaining());
      ByteBuffer offered = written.slice(written.position(), count);
      narrow.room = roomEachTime;
      try {
        patient.accept(OUT, offered);
        assertThat(offered.hasRemaining()).isFalse();
      } catch (IOException refused) {
        assertThat(offered.hasRemaining()).isTrue();
      }
      written.position(written.position() + offered.position());
    }
    StringBuilder got = new StringBuilder();
    for (String text : narrow.texts()) {
      boolean more = text.endsWith(Slf4jSink.CONTINUES);
      String part = text.startsWith(Slf4jSink.CONTINUED) ? text.substring(12) : text;
      got.append(more ? part.substring(0, part.length() - 12) : part + "\n");
    }
    assertThat(got.toString()).isEqualTo(all.toString().replace("\u001b", "\\x1b"));
  }

  @Test
  void whatIsLost_isTold_whenARecordIsTakenAgain() throws IOException {
    sent.room = 1;
    ByteBuffer offered = bytes("one\ntwo\nthree\n");
    assertThatThrownBy(() -> sink.accept(OUT, offered)).isInstanceOf(IOException.class);
    assertThat(offered.remaining()).isEqualTo("\nthree\n".length());
    sink.lost(OUT, offered.remaining());
    assertThat(sent.texts()).containsExactly("one");
    sent.room = 100;
    sink.accept(OUT, bytes("four\n"));
    assertThat(sent.texts())
        .containsExactly(
            "one", "two" + Slf4jSink.UNFINISHED, "supervisor: 7 bytes of output lost", "four");
  }

  @Test
  void lineThatIsNotFinished_isSentAtTheEnd() throws IOException {
    sink.accept(OUT, bytes("half"));
    assertThat(sent.records).isEmpty();
    sink.ended(OUT);
    assertThat(sent.texts()).containsExactly("half" + Slf4jSink.UNFINISHED);
    sink.close();
    assertThat(sent.closed).isTrue();
    assertThat(sent.records).hasSize(1);
  }

  @Test
  void lineThatIsNotFinished_andIsRefusedAtTheEnd_isCounted_andToldLater() throws IOException {
    sink.accept(OUT, bytes("panic: this is why I must go"));
    sent.room = 0;
    assertThatThrownBy(() -> sink.ended(OUT))
        .hasMessage("no room")
        .isInstanceOfSatisfying(
            OutputLostException.class, e -> assertThat(e.lost()).isEqualTo(Map.of(OUT, 28L)));
    sink.accept(source(2), bytes("half"));
    assertThat(sent.records).isEmpty();
    sent.room = 100;
    sink.accept(source(2), bytes(" and whole\n"));
    assertThat(sent.texts())
        .containsExactly("supervisor: 28 bytes of output lost", "half and whole");
    assertThat(sent.records.get(0).data()).containsEntry("incarnation", "1");
  }

  @Test
  void whatIsNotTold_isTriedOnceMore_atTheClose() throws IOException {
    sink.accept(OUT, bytes("half"));
    sent.room = 0;
    assertThatThrownBy(() -> sink.ended(OUT)).isInstanceOf(OutputLostException.class);
    sent.room = 1;
    sink.close();
    assertThat(sent.texts()).containsExactly("supervisor: 4 bytes of output lost");
    assertThat(sent.closed).isTrue();
  }

  @Test
  void closeThatIsRefused_countsAllSources() throws IOException {
    sink.accept(OUT, bytes("half"));
    sink.accept(source(2), bytes("other"));
    sent.room = 0;
    assertThatThrownBy(sink::close)
        .isInstanceOfSatisfying(
            OutputLostException.class,
            e -> assertThat(e.lost()).isEqualTo(Map.of(OUT, 4L, source(2), 5L)));
    assertThat(sent.closed).isTrue();
  }

  @Test
  void closeThatIsRefusedAtFirst_sendsTheRest() throws IOException {
    sink.accept(OUT, bytes("half"));
    sink.accept(source(2), bytes("other"));
    sent.refusals = 1;
    assertThatThrownBy(sink::close)
        .isInstanceOfSatisfying(
            OutputLostException.class, e -> assertThat(e.lost()).isEqualTo(Map.of(OUT, 4L)));
    assertThat(sent.texts()).containsExactly("other" + Slf4jSink.UNFINISHED);
  }

  @Test
  void manyRunsThatEndWhileTheDaemonIsAway_holdNobodyUp() throws IOException {
    sent.room = 0;
    for (int run = 1; run <= 3 * SourceLines.SOURCES_MAX; run++) {
      OutputSource source = source(run);
      sink.accept(source, bytes("run"));
      assertThatThrownBy(() -> sink.ended(source)).isInstanceOf(OutputLostException.class);
    }
  }

  @Test
  void manyRunsInTheMiddleOfALine_needNoMoreMemory_andRefusalLosesNothing() throws IOException {
    sent.room = 0;
    for (int run = 1; run <= SourceLines.SOURCES_MAX; run++) {
      sink.accept(source(run), bytes("run " + run));
    }
    ByteBuffer next = bytes("next");
    assertThatThrownBy(() -> sink.accept(source(9), next)).isInstanceOf(IOException.class);
    assertThat(next.remaining()).isEqualTo(4);
    sent.room = 100;
    sink.accept(source(9), next);
    assertThat(sent.texts()).containsExactly("run 1" + Slf4jSink.UNFINISHED);
  }
}
