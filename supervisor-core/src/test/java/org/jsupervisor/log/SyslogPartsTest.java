package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsupervisor.process.Pid;
import org.junit.jupiter.api.Test;

/** A long line whose parts are sent at different times. */
class SyslogPartsTest {
  private final RecordedDatagrams sent = new RecordedDatagrams(SyslogRecord.BYTES_MIN);
  private Optional<Pid> pid = Optional.empty();

  @Test
  void processIdThatBecomesKnownBetweenTheParts_neitherLosesNorDoublesACharacter()
      throws IOException {
    SyslogSink sink = SyslogSink.builder(sent).withPids(run -> pid).build();
    // Shown in four characters each, so that one buffer is several parts.
    ByteBuffer line = LogFixture.bytes("\1\2\3\4\5\6\7".repeat(60) + "\n");
    sent.room = 2;
    assertThatThrownBy(() -> sink.accept(LogFixture.FIRST, line)).hasMessage("no room");
    sent.room = Integer.MAX_VALUE;
    pid = Optional.of(new Pid(4_194_304));
    sink.accept(LogFixture.FIRST, line);
    assertThat(sent.records).hasSizeGreaterThan(2);
    String joined =
        sent.texts().stream()
            .map(text -> text.replace(Slf4jSink.CONTINUED, "").replace(Slf4jSink.CONTINUES, ""))
            .collect(Collectors.joining());
    String once =
        IntStream.rangeClosed(1, 7).mapToObj(i -> "\\x0" + i).collect(Collectors.joining());
    assertThat(joined).isEqualTo(once.repeat(60));
  }
}
