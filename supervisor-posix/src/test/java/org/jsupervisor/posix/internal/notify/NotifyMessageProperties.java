package org.jsupervisor.posix.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.posix.internal.notify.NotifyMessage.Life;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;

/** Any bytes are a message; what it means is what systemd says. */
class NotifyMessageProperties {
  private static NotifyMessage parse(String text) {
    return NotifyMessage.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void anyBytes_areAMessage_andItsTextsFitANotice(@ForAll @Size(max = 5000) byte[] bytes) {
    NotifyMessage message = NotifyMessage.parse(bytes);
    Heard heard = new Heard(new Incarnation(ChildId.of("c"), 1));
    heard.hear(message);
    heard.take();
    assertThat(heard.isEmpty()).isTrue();
    message.refused().forEach(text -> assertThat(text.length()).isLessThan(100));
  }

  @Property(tries = 1000)
  void anyLines_areAMessage(@ForAll("lines") List<String> lines) {
    String text = String.join("\n", lines);
    NotifyMessage message = parse(text);
    assertThat(message.ready()).isEqualTo(first(lines, "READY=").equals("1"));
    assertThat(message.stopping()).isEqualTo(first(lines, "STOPPING=").equals("1"));
    assertThat(message.status().orElse("")).isEqualTo(first(lines, "STATUS="));
    assertThat(message.moreTime())
        .hasValueSatisfying(
            time -> assertThat(time).isBetween(Duration.ofNanos(1), NotifyMessage.MORE_TIME_MAX))
        .satisfies(time -> assertThat(time.isPresent()).isTrue());
  }

  private static String first(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(key.length()))
        .orElse("");
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of(
            "READY=1",
            "READY=0",
            "READY",
            "=1",
            "",
            "STOPPING=1",
            "STATUS=up",
            "STATUS=",
            "X_A=b",
            "WATCHDOG=1",
            "ERRNO=2",
            "BARRIER=1",
            "EXTEND_TIMEOUT_USEC=1000000000000000")
        .list()
        .ofMaxSize(12)
        .map(
            lines -> {
              List<String> all = new java.util.ArrayList<>(lines);
              all.add("EXTEND_TIMEOUT_USEC=7");
              return all;
            });
  }

  @Property
  void moreTime_isWhatWasAsked_upToItsBound(@ForAll @LongRange(min = 1) long micros) {
    NotifyMessage message = parse("EXTEND_TIMEOUT_USEC=" + micros);
    Duration most = NotifyMessage.MORE_TIME_MAX;
    if (micros <= most.toNanos() / 1000) {
      assertThat(message.moreTime()).contains(Duration.ofNanos(micros * 1000));
    } else if (micros < 1_000_000_000_000_000_000L) {
      assertThat(message.moreTime()).contains(most);
    } else {
      assertThat(message.refused()).hasSize(1);
    }
  }

  @Example
  void eachKey_isRead() {
    NotifyMessage message =
        parse("READY=1\nRELOADING=1\nMONOTONIC_USEC=5\nSTOPPING=1\nSTATUS=a=b\nMAINPID=12\n");
    assertThat(message.ready()).isTrue();
    assertThat(message.reloading()).isTrue();
    assertThat(message.stopping()).isTrue();
    assertThat(message.status()).contains("a=b");
    assertThat(message.mainPid()).isEqualTo(OptionalLong.of(12));
    assertThat(message.life()).isEqualTo(Life.UNSAID);
    assertThat(message.refused()).isEmpty();
    assertThat(parse("WATCHDOG=1").life()).isEqualTo(Life.WELL);
    assertThat(parse("WATCHDOG=trigger").life()).isEqualTo(Life.ILL);
    assertThat(parse("WATCHDOG=2").life()).isEqualTo(Life.UNSAID);
  }

  @Example
  void keyThatStandsTwice_countsOnce_theFirstTime() {
    assertThat(parse("STATUS=a\nSTATUS=b").status()).contains("a");
  }

  @Example
  void whatCannotBeDone_isSaid() {
    assertThat(parse("FDSTORE=1").refused()).containsExactly("FDSTORE=1: no descriptors are kept");
    assertThat(parse("WATCHDOG_USEC=1").refused())
        .containsExactly("WATCHDOG_USEC: the time is that of the definition");
    assertThat(parse("MAINPID=-1").refused())
        .containsExactly("MAINPID=-1: must be a positive number");
    assertThat(parse("MAINPID=2147483648").mainPid()).isEmpty();
    assertThat(parse("EXTEND_TIMEOUT_USEC=0").refused()).hasSize(1);
  }

  @Example
  void messageWithANul_isNoMessage_butItsLastByteMayBeOne() {
    assertThat(parse("READY=1\0").ready()).isTrue();
    NotifyMessage message = parse("READY=1\n\0STATUS=a");
    assertThat(message.ready()).isFalse();
    assertThat(message.refused()).containsExactly("a message with a NUL");
  }

  @Example
  void messageThatIsTooLong_isNoMessage() {
    assertThat(parse("READY=1\n" + "a".repeat(NotifyMessage.BYTES_MAX)).ready()).isFalse();
  }

  @Property
  void anyText_becomesANotice_ofOneLine(@ForAll String text) {
    Notice notice = Notice.of(Notice.Kind.STATUS, text);
    assertThat(notice.text().chars()).noneMatch(Character::isISOControl);
    assertThat(notice.text()).doesNotContain("\u2028").doesNotContain("\u202e");
    assertThat(notice.text().length()).isLessThanOrEqualTo(Notice.TEXT_CHARACTERS_MAX);
    assertThat(Notice.of(Notice.Kind.STATUS, notice.text())).isEqualTo(notice);
  }

  @Example
  void controlCharacters_areShownAsWhatTheyAre() {
    assertThat(Notice.of(Notice.Kind.STATUS, "a\u001b[31m\tb\u202e").text())
        .isEqualTo("a\\x1b[31m\\x09b?");
  }
}
