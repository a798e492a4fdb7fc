package org.jsupervisor.core.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jsupervisor.spec.Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is found however it comes, and no expression and no line takes too long. */
class LineSearchTest {
  private static LineSearch search(String regex) {
    return new LineSearch(new Probe.LogLine(regex));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready\n", "x\nready\n", "is ready now\n", "ready\r\n", "ready\nmore"})
  void lineWithIt_isFound(String output) {
    assertThat(search("ready$|ready now").finds(bytes(output))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "", "\n\n", "rea\ndy\n"})
  void lineThatIsNotOver_orIsAnother_isNot(String output) {
    assertThat(search("ready").finds(bytes(output))).isFalse();
  }

  @Property(tries = 200)
  void line_isFound_whereverTheOutputIsCut(@ForAll @IntRange(max = 30) int cut) {
    String output = "first line\nsecond line: gr\u00fc\u00df\nx";
    byte[] all = output.getBytes(StandardCharsets.UTF_8);
    LineSearch search = search("^second.*gr\u00fc\u00df$");
    int at = Math.min(cut, all.length);
    boolean first = search.finds(ByteBuffer.wrap(all, 0, at));
    boolean second = search.finds(ByteBuffer.wrap(all, at, all.length - at));
    assertThat(first || second).isTrue();
    assertThat(search.isOver()).isTrue();
  }

  @Test
  void longLine_countsToItsBound_andTheNextOneIsWhole() {
    String within = "a".repeat(Probe.LogLine.LINE_BYTES_MAX - 1);
    assertThat(search("ab").finds(bytes(within + "b\n"))).isTrue();
    assertThat(search("ab").finds(bytes(within + "ab\n"))).isFalse();
    assertThat(search("^b$").finds(bytes(within + "a".repeat(100_000) + "\nb\n"))).isTrue();
  }

  // The group that is referred to keeps the JDK from remembering where it has failed before.
  @Test
  void costlyExpression_isGivenUp_lineByLine_andThenForGood() {
    LineSearch search = search("^(?:(a+)\\1?)+$");
    String costly = "a".repeat(60) + "b\n";
    for (int n = 1; n < Probe.LogLine.TOO_COSTLY_MAX; n++) {
      assertThat(search.finds(bytes(costly))).isFalse();
      assertThat(search.isOver()).as("after %d lines", n).isFalse();
    }
    assertThat(search.finds(bytes(costly))).isFalse();
    assertThat(search.isOver()).isTrue();
    assertThat(search.finds(bytes("aaa\n"))).as("given up").isFalse();
  }

  @Test
  void costlyLines_doNotHideACheapOne() {
    LineSearch search = search("^(?:(a+)\\1?)+$");
    assertThat(search.finds(bytes("a".repeat(60) + "b\naaa\n"))).isTrue();
  }

  @Test
  void expressionThatExhaustsTheStack_isNoMatch_andNoError() {
    String deep = "(a|b)*$";
    LineSearch search = search("^(?:" + deep + ")+c");
    assertThat(search.finds(bytes("ab".repeat(1000) + "\n"))).isFalse();
  }
}
