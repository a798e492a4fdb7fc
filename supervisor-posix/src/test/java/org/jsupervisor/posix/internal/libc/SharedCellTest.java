package org.jsupervisor.posix.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Memory that C writes is there as long as C may write it, and no longer. */
@EnabledOnOs(OS.LINUX)
class SharedCellTest {
  private static final String NAME = "shared-cell-test";

  private final Libc libc = Libc.load();

  @Test
  void closed_isUnmapped() throws SyscallException, IOException {
    SharedCell cell = new SharedCell(libc, NAME);
    assertThat(isMapped()).isTrue();

    cell.close();

    assertThat(isMapped()).isFalse();
  }

  @Test
  void closedWhileACallHoldsIt_isThereUntilTheCallIsOver() throws SyscallException, IOException {
    SharedCell cell = new SharedCell(libc, NAME);
    NativeMemory held = NativeMemory.at(cell.hold(), Integer.BYTES);

    cell.close();
    held.buffer().putInt(0, 7);

    assertThat(cell.value()).isEqualTo(7);
    cell.letGo();
    assertThat(isMapped()).isFalse();
  }

  @Test
  void clear_afterClose_doesNothing() throws SyscallException {
    SharedCell cell = new SharedCell(libc, NAME);
    cell.close();

    cell.clear();

    assertThat(cell.hold()).isZero();
  }

  @Test
  void whatIsWrittenInMemory_isInTheFile() throws SyscallException, IOException {
    SharedCell cell = new SharedCell(libc, NAME);
    try {
      NativeMemory.at(cell.hold(), Integer.BYTES).buffer().putInt(0, 0x01010101);
      cell.letGo();

      Path file = Path.of("/proc/self/fd/" + cell.descriptor());
      assertThat(Files.readAllBytes(file)).containsExactly(1, 1, 1, 1);
      cell.clear();
      assertThat(Files.readAllBytes(file)).containsExactly(0, 0, 0, 0);
    } finally {
      cell.close();
    }
  }

  @Test
  void spawn_afterClose_isEBADF() throws SyscallException {
    SharedCell cell = new SharedCell(libc, NAME);
    PosixSpawn posixSpawn = new PosixSpawn(libc, cell);
    ExecImage image = new ExecImage();
    image.fill(CString.bytes("/bin/true"), List.of(CString.bytes("true")), List.of());
    cell.close();

    try (FileActions actions = new FileActions(libc)) {
      assertThat(posixSpawn.spawn(image, actions)).isEqualTo(-Errno.EBADF);
    }
  }

  private static boolean isMapped() throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains("/memfd:" + NAME + " ");
  }
}
