package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.PipeSizes;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.HostDeath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of the pipes of real children. */
@EnabledOnOs(OS.LINUX)
class LargePipesTest {
  private final Libc libc = Libc.load();
  private final PipeSizes sizes = new PipeSizes(libc);
  private int usual;

  /** Slower than {@code yes}, so that the pipe is found full, and yet quick. */
  private static final class Counting implements OutputSink {
    private final MessageDigest digest;
    private final AtomicLong total = new AtomicLong();

    Counting() throws NoSuchAlgorithmException {
      digest = MessageDigest.getInstance("MD5");
    }

    @Override
    public void accept(OutputSource source, ByteBuffer bytes) {
      total.addAndGet(bytes.remaining());
      digest.update(bytes);
    }
  }

  @BeforeEach
  void assumeThatPipesMayGrow() throws SyscallException {
    PipeEnds pipe = libc.pipe();
    usual = sizes.bytes(pipe.readEnd());
    int grown = sizes.grow(pipe.readEnd(), 1 << 20);
    libc.close(pipe.readEnd());
    libc.close(pipe.writeEnd());
    assumeTrue(grown != -Errno.EPERM, "this user has no pages left for large pipes");
  }

  /** How much the pipe holds that is the stdout of the child. */
  private int pipeBytes(PlatformFixture of, Incarnation run) {
    String stdout = "/proc/" + of.awaitLaunched(run).value() + "/fd/1";
    int descriptor = libc.files().openToRead(CString.of(stdout));
    try {
      return sizes.bytes(descriptor);
    } finally {
      libc.close(descriptor);
    }
  }

  private static void awaitMore(PlatformFixture of, Counting sink) {
    long before = sink.total.get();
    of.await("4 MiB more", () -> sink.total.get() - before > 4 << 20);
  }

  @Test
  void busyChild_getsALargePipe_butAQuietOneDoesNot() throws Exception {
    try (var fixture = new PlatformFixture()) {
      Incarnation busy = fixture.launch(new Counting(), "yes");
      CollectingSink heard = new CollectingSink();
      Incarnation quiet = fixture.launch(heard, "sh", "-c", "echo here; exec sleep 60");

      fixture.await("a large pipe", () -> pipeBytes(fixture, busy) > usual);
      fixture.await("a word", () -> heard.text().equals("here\n"));

      assertThat(pipeBytes(fixture, quiet)).isEqualTo(usual);
    }
  }

  @Test
  void childThatSurvivesItsHost_getsALargeFifo() throws Exception {
    try (var fixture = new PlatformFixture()) {
      Incarnation busy =
          fixture.launch(
              new OutputTarget.Piped(new Counting()),
              spec -> spec.withHostDeath(HostDeath.SURVIVE),
              "yes");

      fixture.await("a large FIFO", () -> pipeBytes(fixture, busy) > usual);
    }
  }

  @Test
  void onePlace_isForOneChild_andForAnotherWhenThatHasEnded() throws Exception {
    try (var fixture = new PlatformFixture(PosixOptions.defaults().withLargePipesMax(1))) {
      List<Counting> sinks = List.of(new Counting(), new Counting());
      List<Incarnation> runs = sinks.stream().map(sink -> fixture.launch(sink, "yes")).toList();
      fixture.await(
          "a large pipe", () -> runs.stream().anyMatch(run -> pipeBytes(fixture, run) > usual));
      sinks.forEach(sink -> awaitMore(fixture, sink));
      Incarnation large = pipeBytes(fixture, runs.get(0)) > usual ? runs.get(0) : runs.get(1);
      Incarnation other = large.equals(runs.get(0)) ? runs.get(1) : runs.get(0);
      assertThat(pipeBytes(fixture, other)).isEqualTo(usual);

      fixture.platform.signal(large, Signal.KILL);
      fixture.await(PlatformReport.OutputEnded.class, large);

      fixture.await("its place", () -> pipeBytes(fixture, other) > usual);
    }
  }

  @Test
  void noPlaces_meanThatNoPipeIsChanged() throws Exception {
    try (var fixture = new PlatformFixture(PosixOptions.defaults().withLargePipesMax(0))) {
      Counting sink = new Counting();
      Incarnation run = fixture.launch(sink, "yes");

      awaitMore(fixture, sink);
      awaitMore(fixture, sink);

      assertThat(pipeBytes(fixture, run)).isEqualTo(usual);
    }
  }
}
