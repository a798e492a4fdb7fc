package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Tai64nTest {
  @Test
  void epoch_isTheLabelOfDaemontools() {
    assertThat(new Tai64n(Instant.EPOCH)).hasToString("@400000000000000a00000000");
  }

  @Test
  void label_ofAKnownMoment() {
    Instant moment = Instant.parse("1999-12-25T01:23:45.250Z");
    assertThat(new Tai64n(moment)).hasToString("@4000000038641cab0ee6b280");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "current",
        "@40000000386416db0ee6b28",
        "@40000000386416db0ee6b2800",
        "@40000000386416DB0EE6B280",
        "@40000000386416db3b9aca00",
        "@ffffffffffffffff00000000",
        "@7fffffffffffffff00000000",
        "@000000000000000000000000"
      })
  void parse_ofWhatIsNoLabel_isEmpty(String text) {
    assertThat(Tai64n.parse(text)).isEmpty();
  }

  @Property
  void parse_undoesToString(
      @ForAll @LongRange(min = -10_000_000_000L, max = 100_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    Tai64n label = new Tai64n(Instant.ofEpochSecond(second, nano));
    assertThat(Tai64n.parse(label.toString())).contains(label);
  }

  @Property
  void text_sortsAsTheMoments(
      @ForAll @LongRange(min = -10_000_000_000L, max = 100_000_000_000L) long a,
      @ForAll @LongRange(min = -10_000_000_000L, max = 100_000_000_000L) long b) {
    Tai64n first = new Tai64n(Instant.ofEpochSecond(a));
    Tai64n second = new Tai64n(Instant.ofEpochSecond(b));
    assertThat(Integer.signum(first.toString().compareTo(second.toString())))
        .isEqualTo(Integer.signum(first.compareTo(second)));
  }

  @Property
  void next_isLater(@ForAll @IntRange(max = 999_999_999) int nano) {
    Tai64n label = new Tai64n(Instant.ofEpochSecond(1_700_000_000L, nano));
    assertThat(label.next()).isGreaterThan(label);
    assertThat(label.next().toString()).isGreaterThan(label.toString());
  }
}
