package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which pipe becomes large, and when; what the kernel says is the test's. */
@EnabledOnOs(OS.LINUX)
class PipeGrowthTest {
  private static final int ASKED = 128 * 1024;
  private static final int FULL = PipeGrowth.USUAL_BYTES;
  private static final int READS = LargePipes.BYTES / FULL;

  private final List<Integer> asked = new ArrayList<>();
  private final OutputLimits limits =
      new OutputLimits(1, 1, ASKED, 2 * ASKED, 16, Duration.ofSeconds(1), Duration.ofSeconds(1));
  private int answer = LargePipes.BYTES;
  private final List<Integer> shrunk = new ArrayList<>();
  private int shrinkAnswer = PipeGrowth.USUAL_BYTES;
  private long nowNanos = Long.MAX_VALUE - LargePipes.QUIET_NANOS / 2;
  private final OutputContext context =
      new OutputContext(Libc.load(), limits, () -> nowNanos, report -> {});

  private LargePipes places(int max) {
    return new LargePipes(
        max,
        (descriptor, bytes) -> {
          assertThat(bytes).isEqualTo(LargePipes.BYTES);
          asked.add(descriptor);
          return answer;
        },
        (descriptor, bytes) -> {
          assertThat(bytes).isEqualTo(PipeGrowth.USUAL_BYTES);
          shrunk.add(descriptor);
          return shrinkAnswer;
        });
  }

  private static void read(PipeGrowth pipe, int times, int count) {
    for (int n = 0; n < times; n++) {
      pipe.note(count, ASKED);
    }
  }

  @Test
  void pipeThatIsFoundFull_growsOnce_whenAsMuchHasCome() {
    PipeGrowth pipe = new PipeGrowth(places(1), context, 7);

    read(pipe, READS - 1, FULL);
    assertThat(asked).isEmpty();
    read(pipe, 1, FULL);
    assertThat(asked).containsExactly(7);
    read(pipe, 3 * READS, FULL);
    assertThat(asked).containsExactly(7);
  }

  @Test
  void pipeThatIsFullOfSmallWrites_growsToo() {
    // 40 lines of 100 bytes in each page, or one write of 2,049 bytes.
    for (int count : new int[] {16 * 4_000, 16 * 2_049}) {
      asked.clear();
      read(new PipeGrowth(places(1), context, 7), LargePipes.BYTES / count + 1, count);
      assertThat(asked).containsExactly(7);
    }
  }

  @Test
  void smallReads_growThePipe_ifEachTakesAllThatItAskedFor() {
    PipeGrowth pipe = new PipeGrowth(places(1), context, 7);

    IntStream.range(0, LargePipes.BYTES / 4_096).forEach(n -> pipe.note(4_096, 4_096));

    assertThat(asked).containsExactly(7);
  }

  @Test
  void pipeThatWasNotFullOnce_beginsAnew() {
    PipeGrowth pipe = new PipeGrowth(places(1), context, 7);
    for (int n = 0; n < 10; n++) {
      read(pipe, READS - 1, FULL);
      read(pipe, 1, FULL / 2 - 1);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void pipeThatIsFullBecauseItsSinkIsSlow_staysSmall_untilTheSinkIsQuick() {
    PipeGrowth pipe = new PipeGrowth(places(1), context, 7);
    for (int n = 0; n < 10 * READS; n++) {
      nowNanos += Duration.ofMillis(10).toNanos();
      read(pipe, 1, FULL);
    }
    assertThat(asked).isEmpty();

    read(pipe, 2 * READS, FULL);
    assertThat(asked).containsExactly(7);
  }

  @Test
  void pipeThatTheKernelRefuses_isNotAskedForAgain_andLeavesItsPlace() {
    for (int refusal : new int[] {-Errno.EPERM, -Errno.EINVAL, -Errno.ENOMEM, 0}) {
      asked.clear();
      answer = refusal;
      LargePipes places = places(1);
      PipeGrowth refused = new PipeGrowth(places, context, 7);
      read(refused, 3 * READS, FULL);
      refused.released();

      answer = LargePipes.BYTES;
      read(new PipeGrowth(places, context, 8), READS, FULL);
      read(new PipeGrowth(places, context, 9), READS, FULL);
      assertThat(asked).as("after " + refusal).containsExactly(7, 8);
    }
  }

  @Test
  void pipeWithoutAPlace_growsWhenAnotherIsClosed() {
    LargePipes places = places(2);
    PipeGrowth first = new PipeGrowth(places, context, 1);
    PipeGrowth second = new PipeGrowth(places, context, 2);
    PipeGrowth third = new PipeGrowth(places, context, 3);
    for (PipeGrowth pipe : List.of(first, second, third, third)) {
      read(pipe, READS, FULL);
    }
    assertThat(asked).containsExactly(1, 2);

    PipeGrowth closed = new PipeGrowth(places, context, 9);
    closed.released();
    read(closed, READS, FULL);
    read(third, READS, FULL);
    assertThat(asked).as("it had no place to give back").containsExactly(1, 2);
    first.released();
    first.released();
    read(third, READS, FULL);
    read(new PipeGrowth(places, context, 4), READS, FULL);
    assertThat(asked).containsExactly(1, 2, 3);
  }

  @Test
  void pipeThatHasBeenQuietForLong_makesRoom_andMayGrowAgain() {
    LargePipes places = places(2);
    PipeGrowth quieter = new PipeGrowth(places, context, 1);
    PipeGrowth quiet = new PipeGrowth(places, context, 2);
    PipeGrowth busy = new PipeGrowth(places, context, 3);
    read(quieter, READS, FULL);
    nowNanos++;
    read(quiet, READS, FULL);

    nowNanos += LargePipes.QUIET_NANOS - 2;
    read(busy, READS, FULL);
    assertThat(shrunk).as("it has not been quiet for so long").isEmpty();
    nowNanos++;
    read(busy, READS, FULL);
    assertThat(shrunk).containsExactly(1);
    assertThat(asked).containsExactly(1, 2, 3);

    nowNanos += LargePipes.QUIET_NANOS;
    read(quieter, READS, FULL);
    assertThat(shrunk).containsExactly(1, 2);
    assertThat(asked).containsExactly(1, 2, 3, 1);
  }

  @Test
  void pipeThatIsBusyStill_keepsItsPlace() {
    LargePipes places = places(1);
    PipeGrowth first = new PipeGrowth(places, context, 1);
    PipeGrowth second = new PipeGrowth(places, context, 2);
    for (int n = 0; n < 5; n++) {
      read(first, READS, FULL);
      nowNanos += LargePipes.QUIET_NANOS - 1;
      read(second, READS, FULL);
    }

    assertThat(shrunk).isEmpty();
    assertThat(asked).containsExactly(1);
  }

  @Test
  void pipeThatDoesNotShrink_keepsItsPlace_andAnotherIsAskedNext() {
    LargePipes places = places(2);
    List.of(1, 2).forEach(n -> read(new PipeGrowth(places, context, n), READS, FULL));
    PipeGrowth busy = new PipeGrowth(places, context, 3);
    nowNanos += LargePipes.QUIET_NANOS;

    shrinkAnswer = -16;
    read(busy, 3 * READS, FULL);
    assertThat(shrunk).as("each once, until it has been quiet again").containsExactly(1, 2);
    assertThat(asked).containsExactly(1, 2);

    nowNanos += LargePipes.QUIET_NANOS;
    shrinkAnswer = PipeGrowth.USUAL_BYTES;
    read(busy, READS, FULL);
    assertThat(asked).containsExactly(1, 2, 3);
  }

  @Test
  void pipeThatIsClosed_isNotAskedToMakeRoom() {
    LargePipes places = places(1);
    PipeGrowth first = new PipeGrowth(places, context, 1);
    PipeGrowth second = new PipeGrowth(places, context, 2);
    read(first, READS, FULL);
    nowNanos += LargePipes.QUIET_NANOS;
    first.released();

    read(second, READS, FULL);
    assertThat(shrunk).isEmpty();
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void noPlaces_meanThatTheKernelIsNeverAsked() {
    read(new PipeGrowth(places(0), context, 7), 10 * READS, FULL);

    assertThat(asked).isEmpty();
  }
}
