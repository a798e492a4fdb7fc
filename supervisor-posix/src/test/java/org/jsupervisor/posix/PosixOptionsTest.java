package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

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
}
