package org.jsupervisor.posix.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.PipeSizes;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class WatchedSourcesTest {
  private final Libc libc = Libc.load();
  private final PipeSizes sizes = new PipeSizes(libc);
  // What the descriptor was when its source was told: how much the pipe holds, or the error.
  private final List<Integer> told = new ArrayList<>();
  private WatchedSources sources;
  private PipeEnds ends;

  private final class Told implements PipeSource {
    @Override
    public int readEnd() {
      return ends.readEnd();
    }

    @Override
    public Turn turn(ReadBuffer buffer) {
      return Turn.OPEN;
    }

    @Override
    public void released() {
      told.add(sizes.bytes(readEnd()));
    }

    @Override
    public void over() {}

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void neverRead(Throwable cause) {}

    @Override
    public void abandoned() {}
  }

  @BeforeEach
  void open() throws SyscallException {
    sources = new WatchedSources(libc, new Sinks());
    ends = libc.pipe();
  }

  @AfterEach
  void close() {
    if (!sources.isReleased()) {
      var unused = sources.releaseAll(null, id -> false);
    }
    libc.close(ends.writeEnd());
  }

  /** Whoever shares its descriptor would otherwise change another's, which has the number then. */
  private void assertToldBeforeItWasClosed() {
    assertThat(told).singleElement().satisfies(bytes -> assertThat(bytes).isPositive());
    assertThat(sizes.bytes(ends.readEnd())).isEqualTo(-Errno.EBADF);
  }

  @Test
  void sourceThatIsOver_isToldBeforeItsDescriptorIsClosed() throws SyscallException {
    Told source = new Told();
    long id = sources.register(source);
    sources.begin(id);

    sources.remove(id, source);

    assertToldBeforeItWasClosed();
  }

  @Test
  void sourceThatIsNotAccepted_isToldBeforeItsDescriptorIsClosed() {
    var unused = sources.releaseAll(null, id -> false);

    assertThatThrownBy(() -> sources.register(new Told())).isInstanceOf(SyscallException.class);

    assertToldBeforeItWasClosed();
  }
}
