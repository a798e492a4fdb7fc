package org.jsupervisor.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Desire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishFileTest {
  private static final List<Wish> WEB = List.of(wish("web"));
  private static final List<Wish> BOTH = List.of(wish("db"), wish("web"));

  @TempDir Path root;
  private Path path;
  private WishFile file;

  private static Wish wish(String child) {
    return new Wish(ChildId.of(child), Desire.DOWN, Instant.EPOCH, "broken");
  }

  @BeforeEach
  void prepare() {
    path = root.resolve("wishes");
    file = new WishFile(path, Disk.REAL);
  }

  @Test
  void whatIsSaved_isRead_andNothingElseStaysBehind() throws IOException {
    assertThat(file.read().wishes()).isEmpty();
    file.save(BOTH);
    file.save(WEB);
    WishFile.Reading reading = file.read();
    assertThat(reading.wishes()).isEqualTo(WEB);
    assertThat(reading.problem()).isEmpty();
    try (var names = Files.list(root)) {
      assertThat(names).containsExactly(path);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void f45_badFile_isKeptAside_andANewOneIsSaved() throws IOException {
    byte[] garbage = {1, 2, 3};
    Files.write(path, garbage);
    WishFile.Reading reading = file.read();
    assertThat(reading.wishes()).isEmpty();
    assertThat(reading.problem())
        .hasValue(path + ": must begin with 'supervisor wishes 1'; it is kept as wishes.bad");
    assertThat(root.resolve("wishes.bad")).hasBinaryContent(garbage);
    file.save(WEB);
    assertThat(file.read().wishes()).isEqualTo(WEB);
  }

  @Test
  void f45_fileThatOthersCanWrite_isNeitherReadNorReplaced() throws IOException {
    file.save(WEB);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    WishFile.Reading reading = file.read();
    assertThat(reading.wishes()).isEmpty();
    assertThat(reading.mayBeSaved()).isFalse();
    assertThat(reading.problem().orElseThrow())
        .contains("must not be writable by group or others")
        .endsWith("; nothing is remembered");
  }

  @Test
  void f45_directoryThatOthersCanWrite_orThatIsMissing_isNotUsed() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(file.read().mayBeSaved()).isFalse();
    WishFile.Reading missing = new WishFile(root.resolve("no/wishes"), Disk.REAL).read();
    assertThat(missing.mayBeSaved()).isFalse();
    assertThat(missing.problem().orElseThrow()).contains("is missing");
  }

  @Test
  void f45_directoryInPlaceOfTheFile_isToldAndLeftAlone() throws IOException {
    Files.createDirectory(path);
    WishFile.Reading reading = file.read();
    assertThat(reading.mayBeSaved()).isFalse();
    assertThat(reading.problem().orElseThrow()).contains("must be a regular file");
  }

  @Test
  void f45_fullDisk_leavesTheOldFile_andNoRest() throws IOException {
    file.save(WEB);
    assertThatThrownBy(() -> new WishFile(path, new FullDisk()).save(BOTH))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(file.read().wishes()).isEqualTo(WEB);
    try (var names = Files.list(root)) {
      assertThat(names).containsExactly(path);
    }
  }

  @Test
  void f46_powerFailureAtAnyStep_leavesAFileThatWasSaved() throws IOException {
    PowerFailureDisk disk = new PowerFailureDisk(path);
    WishFile onIt = new WishFile(path, disk);
    onIt.save(WEB);
    onIt.save(BOTH);
    onIt.save(List.of());
    assertThat(disk.everyPossibleContent())
        .isNotEmpty()
        .allSatisfy(content -> assertThat(WishText.read(content)).isIn(WEB, BOTH, List.of()));
  }

  /** Otherwise the test above would prove nothing. */
  @Test
  void f46_theSimulatedDisk_findsAFileThatWasNotSyncedBeforeItsRename() throws IOException {
    PowerFailureDisk disk = new PowerFailureDisk(path);
    Path next = root.resolve("next");
    disk.write(next, WishText.of(WEB));
    disk.rename(next, path);
    assertThat(disk.everyPossibleContent())
        .anySatisfy(
            content ->
                assertThatThrownBy(() -> WishText.read(content))
                    .isInstanceOf(WishText.BadTextException.class));
  }

  /** Takes half of what is written. */
  private static final class FullDisk extends DelegatingDisk {
    @Override
    public void write(Path file, byte[] content) throws IOException {
      super.write(file, Arrays.copyOf(content, content.length / 2));
      throw new IOException("No space left on device");
    }
  }
}
