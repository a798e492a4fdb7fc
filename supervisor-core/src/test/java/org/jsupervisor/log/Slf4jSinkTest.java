package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.SECOND;
import static org.jsupervisor.log.LogFixture.bytes;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsupervisor.output.OutputSource;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class Slf4jSinkTest {
  private final BasicMDCAdapter mdc = new BasicMDCAdapter();
  private final Lines logger = new Lines();

  /** Remembers what it is told, with the MDC at that time. */
  private final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines = new ArrayList<>();
    private transient RuntimeException failure;
    private transient Error error;

    @Override
    protected void handleNormalizedLoggingCall(
        org.slf4j.event.Level level,
        Marker marker,
        String message,
        Object[] arguments,
        Throwable throwable) {
      if (failure != null) {
        throw failure;
      }
      if (error != null) {
        throw error;
      }
      lines.add(
          level
              + " "
              + mdc.get("service")
              + "#"
              + mdc.get("incarnation")
              + " "
              + MessageFormatter.basicArrayFormat(message, arguments));
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }

  private Slf4jSink.Builder builder() {
    return Slf4jSink.builder(logger).withMdc(mdc);
  }

  @Test
  void line_isOneCall_withServiceAndRunInTheMdc() {
    Slf4jSink sink = builder().build();
    sink.accept(FIRST, bytes("one\ntw"));
    sink.accept(SECOND, bytes("other {} run\n"));
    sink.accept(FIRST, bytes("o\n\n"));
    assertThat(logger.lines)
        .containsExactly(
            "INFO web#1 one", "INFO web#2 other {} run", "INFO web#1 two", "INFO web#1 ");
  }

  @Test
  void lineOfAProgramInsteadOfASignal_isMarkedAsItsOwn_andThatOfAFinishAsItsRun() {
    Slf4jSink sink = builder().build();
    sink.accept(new OutputSource(FIRST.incarnation().signalProgram(1)), bytes("reloads\n"));
    sink.accept(new OutputSource(FIRST.incarnation().finish()), bytes("tidies up\n"));
    assertThat(logger.lines).containsExactly("INFO web#signal-1 reloads", "INFO web#1 tidies up");
  }

  @Test
  void mdc_isAfterwardsWhatItWas() {
    mdc.put("service", "mine");
    builder().build().accept(FIRST, bytes("one\n"));
    assertThat(mdc.get("service")).isEqualTo("mine");
    assertThat(mdc.get("incarnation")).isNull();
  }

  @Test
  void level_isThatOfTheFirstPatternThatIsFound() {
    Slf4jSink sink =
        builder()
            .withLevel(Level.DEBUG)
            .addLevel(Pattern.compile("\\bERROR\\b"), Level.ERROR)
            .addLevel(Pattern.compile("WARN|ERROR"), Level.WARNING)
            .build();
    sink.accept(FIRST, bytes("an ERROR\na WARNing\nERRORS\nnothing\n"));
    assertThat(logger.lines)
        .containsExactly(
            "ERROR web#1 an ERROR",
            "WARN web#1 a WARNing",
            "WARN web#1 ERRORS",
            "DEBUG web#1 nothing");
  }

  @Test
  void patternThatNeedsTooMuchStack_doesNotMatch() {
    Slf4jSink sink =
        builder()
            .withLineBytesMax(Slf4jSink.LINE_BYTES_MAX)
            .addLevel(Pattern.compile("^(a|b)*$"), Level.ERROR)
            .build();
    sink.accept(FIRST, bytes("ab".repeat(500_000) + "\nab\n"));
    assertThat(logger.lines).hasSize(2);
    assertThat(logger.lines.get(0)).startsWith("INFO web#1 abab");
    assertThat(logger.lines.get(1)).isEqualTo("ERROR web#1 ab");
  }

  @Test
  void longLine_comesInParts_atTheLevelOfTheFirst() {
    Slf4jSink sink =
        builder()
            .withLineBytesMax(64)
            .addLevel(Pattern.compile("^ERROR"), Level.ERROR)
            .addLevel(Pattern.compile("[bc]"), Level.TRACE)
            .build();
    String first = "ERROR" + "a".repeat(59);
    String second = "b".repeat(64);
    sink.accept(FIRST, bytes(first + second + "c\nnext\n"));
    sink.accept(FIRST, bytes("x".repeat(64) + "\n"));
    assertThat(logger.lines)
        .containsExactly(
            "ERROR web#1 " + first + " [continues]",
            "ERROR web#1 [continued] " + second + " [continues]",
            "ERROR web#1 [continued] c",
            "INFO web#1 next",
            "INFO web#1 " + "x".repeat(64));
  }

  @Test
  void characterAtTheEndOfAPart_isNotCut() {
    Slf4jSink sink = builder().withLineBytesMax(64).build();
    String text = "x".repeat(63) + "\u20ac" + "y";
    sink.accept(FIRST, ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(logger.lines)
        .containsExactly(
            "INFO web#1 " + "x".repeat(63) + " [continues]", "INFO web#1 [continued] \u20acy");
  }

  @Test
  void unfinishedLine_isLoggedAtTheEnd_andMarked() {
    Slf4jSink sink = builder().build();
    sink.accept(FIRST, bytes("half"));
    sink.accept(SECOND, bytes("third"));
    assertThat(logger.lines).isEmpty();
    sink.ended(FIRST);
    sink.ended(FIRST);
    assertThat(logger.lines).containsExactly("INFO web#1 half [unfinished]");
    sink.close();
    assertThat(logger.lines).last().isEqualTo("INFO web#2 third [unfinished]");
  }

  @Test
  void moreRunsWithinALineThanAreKept_areLoggedAsTheyAre() {
    Slf4jSink sink = builder().build();
    for (int run = 1; run <= 5; run++) {
      sink.accept(LogFixture.source(run), bytes("run " + run));
    }
    assertThat(logger.lines).containsExactly("INFO web#1 run 1 [unfinished]");
  }

  @Test
  void forgedLinesAndEscapes_areShownAsWhatTheyAre() {
    Slf4jSink sink = builder().build();
    sink.accept(FIRST, bytes("a\r2026 ERROR forged\n\u001b[2J\0\n\u0085\n"));
    sink.accept(
        FIRST, ByteBuffer.wrap("\u202e\u2028\u0085 \u20ac\t\\\n".getBytes(StandardCharsets.UTF_8)));
    sink.accept(FIRST, ByteBuffer.wrap(new byte[] {'x', (byte) 0xe2, (byte) 0x82, 'y', '\n'}));
    assertThat(logger.lines)
        .containsExactly(
            "INFO web#1 a\\x0d2026 ERROR forged",
            "INFO web#1 \\x1b[2J\\x00",
            "INFO web#1 \\x85",
            "INFO web#1 \\u{202e}\\u{2028}\\u{85} \u20ac\t\\",
            "INFO web#1 x\\xe2\\x82y");
  }

  @Test
  void loggerThatThrows_costsTheLineOnly_andIsCounted() {
    Slf4jSink sink = builder().build();
    logger.failure = new IllegalStateException("no disk");
    ByteBuffer buffer = bytes("one\ntwo\n");
    sink.accept(FIRST, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(sink.failures()).isEqualTo(2);
    assertThat(mdc.get("service")).isNull();
    logger.failure = null;
    sink.accept(FIRST, bytes("three\n"));
    assertThat(logger.lines).containsExactly("INFO web#1 three");
  }

  /** An appender that logs by way of itself, for example. */
  @Test
  void loggerThatHasNoStackLeft_orAsserts_costsTheLineOnly() {
    Slf4jSink sink = builder().build();
    for (Error error : List.of(new StackOverflowError(), new AssertionError("a bug"))) {
      logger.error = error;
      ByteBuffer buffer = bytes("one\ntwo\n");
      sink.accept(FIRST, buffer);
      assertThat(buffer.hasRemaining()).isFalse();
    }
    assertThat(sink.failures()).isEqualTo(4);
    logger.error = null;
    sink.accept(FIRST, bytes("three\n"));
    assertThat(logger.lines).containsExactly("INFO web#1 three");
  }

  @Test
  void badLimit_isRefused() {
    assertThatThrownBy(() -> builder().withLineBytesMax(63)).hasMessageContaining("were 63");
  }
}
