package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.PipeSizes;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns of a real pipe, which the test fills as far as it goes before each. */
@EnabledOnOs(OS.LINUX)
class OutputPipeTest {
  private static final int TOTAL = 8 * LargePipes.BYTES;

  private final Libc libc = Libc.load();
  private final PipeSizes sizes = new PipeSizes(libc);
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private boolean refuses;
  private final OutputSink sink = new Sink();
  private byte[] numbers;
  private int sent;
  private PipeEnds ends;
  private FileOutputStream child;

  private final class Sink implements OutputSink {
    @Override
    public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
      if (refuses) {
        throw new IOException("not now");
      }
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      taken.writeBytes(copy);
    }

    @Override
    public OnFailure onFailure(OutputSource source) {
      return OnFailure.OFFER_AGAIN;
    }
  }

  @BeforeEach
  void open() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int n = 0; text.length() < TOTAL; n++) {
      text.append(n).append('\n');
    }
    numbers = text.substring(0, TOTAL).getBytes(StandardCharsets.US_ASCII);
    ends = libc.pipe();
    child = new FileOutputStream("/proc/self/fd/" + ends.writeEnd());
    assumeTrue(sizes.bytes(ends.readEnd()) == PipeGrowth.USUAL_BYTES, "pipes are not 64 KiB here");
  }

  @AfterEach
  void close() throws IOException {
    child.close();
    libc.close(ends.writeEnd());
    libc.close(ends.readEnd());
  }

  private OutputContext context(int bufferBytes, int turnBytes) {
    Duration second = Duration.ofSeconds(1);
    var limits = new OutputLimits(1, 1, bufferBytes, turnBytes, 1, second, second);
    return new OutputContext(libc, limits, () -> 0, report -> {});
  }

  private OutputPipe pipe(OutputContext context, LargePipes large) {
    var source = new OutputSource(new Incarnation(ChildId.of("child"), 1));
    var use = new OutputPipe.Use(new OutputPipes(source.incarnation(), 1, null), source, sink);
    return new OutputPipe(use, PipeMaker.Made.unnamed(ends), context, large);
  }

  /** So many of the numbers; the pipe must have room for them. */
  private void write(int bytes) throws IOException {
    child.write(numbers, sent, bytes);
    sent += bytes;
  }

  /** Writes all that is left, each time when the pipe is empty as much as it holds. */
  private void writeAllInTurns(OutputPipe pipe, ReadBuffer buffer) throws IOException {
    while (sent < TOTAL) {
      write(Math.min(sizes.bytes(ends.readEnd()), TOTAL - sent));
      while (taken.size() < sent) {
        assertThat(pipe.turn(buffer)).isEqualTo(PipeSource.Turn.OPEN);
      }
    }
  }

  /** What the kernel allows, by a pipe that is not the one that is tested. */
  private void assumeThatPipesMayBeLarge() throws SyscallException {
    PipeEnds other = libc.pipe();
    int grown = sizes.grow(other.readEnd(), LargePipes.BYTES);
    libc.close(other.readEnd());
    libc.close(other.writeEnd());
    assumeTrue(grown != -Errno.EPERM, "this user has no pages left for large pipes");
    assertThat(grown).as("pipe-max-size").isEqualTo(LargePipes.BYTES);
  }

  @Test
  void pipeThatGrows_losesAndDoublesNothing() throws Exception {
    assumeThatPipesMayBeLarge();
    OutputContext context = context(128 * 1024, 256 * 1024);

    OutputPipe pipe = pipe(context, new LargePipes(1, sizes::grow, sizes::shrink));
    writeAllInTurns(pipe, context.newBuffer());

    assertThat(sizes.bytes(ends.readEnd())).isEqualTo(LargePipes.BYTES);
    assertThat(Arrays.equals(taken.toByteArray(), numbers)).isTrue();
  }

  @Test
  void pipeThatIsNotAllowedToGrow_goesOnAsItIs() throws IOException {
    OutputContext context = context(128 * 1024, 256 * 1024);

    LargePipes.Sizing refusal = (descriptor, bytes) -> -Errno.EPERM;
    OutputPipe pipe = pipe(context, new LargePipes(1, refusal, refusal));
    writeAllInTurns(pipe, context.newBuffer());

    assertThat(sizes.bytes(ends.readEnd())).isEqualTo(PipeGrowth.USUAL_BYTES);
    assertThat(Arrays.equals(taken.toByteArray(), numbers)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, 256 * 1024})
  void turn_takesNoMoreThanItsBound_whateverALargePipeHolds(int bound) throws Exception {
    assumeThatPipesMayBeLarge();
    sizes.grow(ends.readEnd(), LargePipes.BYTES);
    OutputContext context = context(128 * 1024, bound);
    OutputPipe pipe = pipe(context, new LargePipes(0, sizes::grow, sizes::shrink));
    write(3 * 256 * 1024);

    for (int turn = 1; turn <= 2; turn++) {
      assertThat(pipe.turn(context.newBuffer())).isEqualTo(PipeSource.Turn.OPEN);
      assertThat(taken.size()).isEqualTo(turn * bound);
    }
  }

  @Test
  void bytesThatAreOfferedAgain_countInTheTurnThatDeliversThem() throws IOException {
    OutputContext context = context(16_384, 16_384);
    ReadBuffer buffer = context.newBuffer();
    OutputPipe pipe = pipe(context, new LargePipes(0, sizes::grow, sizes::shrink));
    write(PipeGrowth.USUAL_BYTES);

    refuses = true;
    assertThat(pipe.turn(buffer)).isEqualTo(PipeSource.Turn.PAUSED);
    refuses = false;
    pipe.turn(buffer);
    assertThat(taken.size()).isEqualTo(16_384);
    pipe.turn(buffer);
    assertThat(taken.size()).isEqualTo(2 * 16_384);
    assertThat(taken.toByteArray()).isEqualTo(Arrays.copyOf(numbers, 2 * 16_384));
  }
}
