package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixOptionsTest {
  @TempDir Path directory;

  @Test
  void runtimeDirectory_isRun_ifItCanBeWritten() {
    Path temporary = directory.resolve("temporary");

    assertThat(PosixOptions.runtimeDirectory(directory, temporary)).isEqualTo(directory);
  }

  @Test
  void runtimeDirectory_isThatForTemporaryFiles_ifThereIsNoRun() throws Exception {
    Path temporary = directory.resolve("temporary");
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(PosixOptions.runtimeDirectory(directory.resolve("none"), temporary))
        .isEqualTo(temporary);
    assertThat(PosixOptions.runtimeDirectory(file, temporary)).isEqualTo(temporary);
  }

  @Test
  void runtimeDirectoryThatWasChosen_staysWhenAnotherOptionChanges() {
    PosixOptions options = PosixOptions.defaults().withRuntimeDirectory(directory);

    assertThat(options.withOutputThreads(2).runtimeDirectory()).isEqualTo(directory);
  }

  @Test
  void largePipes_areNoneToAGigabyte() {
    PosixOptions options = PosixOptions.defaults();

    assertThat(options.largePipesMax()).isEqualTo(16);
    assertThat(options.withLargePipesMax(0).withOutputThreads(2).largePipesMax()).isZero();
    assertThat(options.withLargePipesMax(1_024).toString()).contains("largePipesMax=1024");
    assertThatThrownBy(() -> options.withLargePipesMax(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("posix option 'large pipes': must be 0 to 1024, was -1");
    assertThatThrownBy(() -> options.withLargePipesMax(1_025)).hasMessageContaining("was 1025");
  }
}
