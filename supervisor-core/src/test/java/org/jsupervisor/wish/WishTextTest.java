package org.jsupervisor.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.junit.jupiter.api.Test;

class WishTextTest {
  private static final Instant SINCE = Instant.parse("2026-11-22T03:00:00Z");
  private static final Wish WEB =
      new Wish(ChildId.of("web"), Desire.DOWN, SINCE, "the disk is being replaced");
  private static final Wish WORKER = new Wish(ChildId.of("pool/worker@2"), Desire.UP, SINCE, "");

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsWritten_isReadAgain() throws WishText.BadTextException {
    byte[] written = WishText.of(List.of(WEB, WORKER));
    assertThat(text(written))
        .startsWith(
            """
            supervisor wishes 1
            down 2026-11-22T03:00:00Z web the disk is being replaced
            up 2026-11-22T03:00:00Z pool/worker@2\s
            end 2 \
            """);
    assertThat(WishText.read(written)).containsExactly(WEB, WORKER);
    assertThat(WishText.read(WishText.of(List.of()))).isEmpty();
  }

  @Test
  void f45_truncatedAtAnyByte_isRefused() {
    byte[] written = WishText.of(List.of(WEB, WORKER));
    for (int length = 0; length < written.length; length++) {
      byte[] torn = Arrays.copyOf(written, length);
      assertThatThrownBy(() -> WishText.read(torn))
          .as("the first %s bytes", length)
          .isInstanceOf(WishText.BadTextException.class);
    }
  }

  @Test
  void f45_anyBitFlipped_isRefused() {
    byte[] written = WishText.of(List.of(WEB, WORKER));
    for (int bit = 0; bit < written.length * Byte.SIZE; bit++) {
      byte[] flipped = written.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThatThrownBy(() -> WishText.read(flipped))
          .as("bit %s: %s", bit, text(flipped))
          .isInstanceOf(WishText.BadTextException.class);
    }
  }

  @Test
  void f45_somethingBehindTheEnd_isRefused() {
    byte[] written = WishText.of(List.of(WEB));
    byte[] longer = Arrays.copyOf(written, written.length + 1);
    longer[written.length] = '\n';
    assertThatThrownBy(() -> WishText.read(longer)).isInstanceOf(WishText.BadTextException.class);
  }

  @Test
  void f45_laterVersion_isRefusedByItsNumber() {
    byte[] later = "supervisor wishes 2\nanything\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> WishText.read(later))
        .hasMessage("must have format version 1, was '2'");
    byte[] foreign = "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> WishText.read(foreign))
        .hasMessage("must begin with 'supervisor wishes 1'");
  }

  @Test
  void reasonIsOneBoundedLine_soThatNobodyWritesLinesOfHisOwn() throws WishText.BadTextException {
    String hostile = "x\nup 2026-11-22T03:00:00Z other y\u001b[31m \u00e4" + "z".repeat(300);
    Wish wish = new Wish(ChildId.of("web"), Desire.DOWN, SINCE, hostile);
    assertThat(wish.reason())
        .startsWith("x?up 2026-11-22T03:00:00Z other y?[31m ?zzz")
        .hasSize(Wish.REASON_LENGTH_MAX);
    assertThat(WishText.read(WishText.of(List.of(wish)))).containsExactly(wish);
  }

  @Test
  void whatIsNoWish_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Wish(ChildId.of("web"), Desire.ONCE, SINCE, ""))
        .withMessage("wish for 'web': must be UP or DOWN, was ONCE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Wish(ChildId.of("web"), Desire.UP, Instant.MAX, ""))
        .withMessageContaining("from 1970 to 9999");
  }
}
