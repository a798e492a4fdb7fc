package org.jsupervisor.posix.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PipeSizesTest {
  private static final Path HOST = Path.of("/proc/sys/fs/pipe-max-size");

  private static final int EBUSY = 16;

  private final Libc libc = Libc.load();
  private PipeEnds pipe;
  private int usual;
  @TempDir Path directory;

  @BeforeEach
  void open() throws SyscallException {
    pipe = libc.pipe();
    usual = new PipeSizes(libc).bytes(pipe.readEnd());
    assumeTrue(
        new PipeSizes(libc, directory.resolve("none")).grow(pipe.readEnd(), 2 * usual) > 0,
        "this user has no pages left for pipes");
  }

  @AfterEach
  void close() {
    libc.close(pipe.readEnd());
    libc.close(pipe.writeEnd());
  }

  private PipeSizes hostThatAllows(String text) throws IOException {
    return new PipeSizes(libc, Files.writeString(directory.resolve("pipe-max-size"), text));
  }

  @Test
  void pipe_growsToWhatWasAskedFor() throws IOException {
    int result = hostThatAllows(8 * usual + "\n").grow(pipe.readEnd(), 4 * usual);

    assertThat(result).isEqualTo(4 * usual);
    assertThat(new PipeSizes(libc).bytes(pipe.writeEnd())).isEqualTo(4 * usual);
  }

  @Test
  void hostAsItIs_isReadWhole() throws IOException {
    int largest = Integer.parseInt(Files.readAllLines(HOST).get(0));
    assumeTrue(largest > 2 * usual, "pipe-max-size is " + largest);

    int result = new PipeSizes(libc).grow(pipe.readEnd(), 1 << 30);

    assumeTrue(result != -Errno.EPERM, "this user has no pages left for such large pipes");
    assertThat(result).isEqualTo(largest);
  }

  @Test
  void hostThatAllowsLess_getsWhatItAllows() throws IOException {
    assertThat(hostThatAllows(4 * usual + "\n").grow(pipe.readEnd(), 8 * usual))
        .isEqualTo(4 * usual);
  }

  @Test
  void pipeThatIsLargeAlready_isNeitherShrunkNorGrown() throws IOException {
    assertThat(hostThatAllows(usual + "\n").grow(pipe.readEnd(), 8 * usual)).isZero();
    assertThat(hostThatAllows(8 * usual + "\n").grow(pipe.readEnd(), 2 * usual)).isZero();

    assertThat(new PipeSizes(libc).bytes(pipe.readEnd())).isEqualTo(2 * usual);
  }

  @Test
  void hostThatDoesNotTellWhatItAllows_isAsked() throws IOException {
    assertThat(hostThatAllows("nothing\n").grow(pipe.readEnd(), 4 * usual)).isEqualTo(4 * usual);
  }

  @Test
  void refusal_isTheErrorOfTheKernel() throws IOException {
    assertThat(hostThatAllows(8 * usual + "\n").grow(-1, 4 * usual)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void pipe_shrinks_unlessThereIsMoreInIt() throws Exception {
    PipeSizes sizes = new PipeSizes(libc);
    NativeMemory page = new NativeMemory(4096);

    try (var child = new FileOutputStream("/proc/self/fd/" + pipe.writeEnd())) {
      child.write(new byte[usual + 1]);
      assertThat(sizes.shrink(pipe.readEnd(), usual)).isEqualTo(-EBUSY);
      assertThat(sizes.bytes(pipe.readEnd())).isEqualTo(2 * usual);

      assertThat(libc.read(pipe.readEnd(), page.address(), 4096)).isEqualTo(4096);
      assertThat(sizes.shrink(pipe.readEnd(), usual)).isEqualTo(usual);
      assertThat(sizes.bytes(pipe.readEnd())).isEqualTo(usual);
    }
  }
}
