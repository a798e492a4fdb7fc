package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsupervisor.log.LogFixture.FIRST;
import static org.jsupervisor.log.LogFixture.SECOND;
import static org.jsupervisor.log.LogFixture.allContent;
import static org.jsupervisor.log.LogFixture.bytes;
import static org.jsupervisor.log.LogFixture.content;
import static org.jsupervisor.log.LogFixture.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.spec.LogProcessing;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that a log has to stand, by their numbers in the list of faults. */
class LogFaultsTest {
  private static final int SIZE = (int) LogSpec.FILE_BYTES_MIN;

  @TempDir Path root;
  private final LogFixture clock = new LogFixture();

  private LogSpec.Builder spec(Path directory) {
    return LogSpec.builder(directory).withFileBytesMax(SIZE).withTimestamps(Timestamps.NONE);
  }

  /** Fails operations of this kind as long as it is set. */
  private static final class Failing extends ForwardingFiles {
    private String kind = "none";

    @Override
    void before(String operation) throws IOException {
      if (operation.startsWith(kind)) {
        throw new IOException("No space left on device");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rename", "open", "delete", "list", "mkdir"})
  void f31_diskFailsDuringRotation_losesNothingThatIsOfferedAgain(String kind) throws IOException {
    Path directory = root.resolve("log");
    Failing files = new Failing();
    LogSpec spec = spec(directory).withOldFilesMax(3).build();
    String text = "a".repeat(SIZE / 2 - 1) + "\n" + "b".repeat(SIZE / 2 - 1) + "\n";
    try (LogDirectory log = new LogDirectory(spec, clock.context(files))) {
      for (int i = 0; i < 3; i++) {
        log.accept(FIRST, bytes(text));
      }
      files.kind = kind;
      ByteBuffer next = bytes("next\nand last\n");
      for (int i = 0; i < 3 && next.hasRemaining(); i++) {
        try {
          log.accept(FIRST, next);
        } catch (IOException expected) {
          assertThat(expected).hasMessage("No space left on device");
        }
      }
      files.kind = "none";
      log.accept(FIRST, next);
    }
    assertThat(allContent(directory)).isEqualTo(text.repeat(3) + "next\nand last\n");
  }

  @Test
  void f33_interrupt_closesTheChannel_andCostsNothing() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log =
        clock.open(spec(directory).withTimestamps(Timestamps.ISO_8601).build())) {
      log.accept(FIRST, bytes("one\ntw"));
      ByteBuffer rest = bytes("o\nthree\n");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> log.accept(FIRST, rest)).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      log.accept(FIRST, rest);
    }
    assertThat(content(directory.resolve("current")).replace("2026-11-21T08:15:30.123Z", "@"))
        .isEqualTo("@ one\n@ two\n@ three\n");
  }

  @Test
  void f33_syncThatFailsAtAWrite_isTold_andTheBytesAreNotWantedAgain() throws IOException {
    Path directory = root.resolve("log");
    ForwardingFiles unsyncable =
        new ForwardingFiles() {
          @Override
          FileChannel wrap(Path file, FileChannel channel) {
            if (file.getFileName().toString().startsWith("lock")) {
              return channel;
            }
            return new FaultyFile(channel, () -> Integer.MAX_VALUE) {
              @Override
              public void force(boolean metaData) throws IOException {
                throw new IOException("Input/output error");
              }
            };
          }
        };
    LogSpec spec = spec(directory).withSync(LogSync.everyWrite()).build();
    ByteBuffer one = bytes("one\n");
    LogDirectory log = new LogDirectory(spec, clock.context(unsyncable));
    assertThatThrownBy(() -> log.accept(FIRST, one)).hasMessage("Input/output error");
    assertThat(one.hasRemaining()).isFalse();
    log.rotate();
    assertThatThrownBy(log::close).hasMessage("Input/output error");
    assertThat(files(directory).get(0).toString()).endsWith(".u");
    assertThat(allContent(directory)).isEqualTo("one\n");
  }

  @Test
  void f35_partialLastLine_isKeptAndFinished() throws IOException {
    Path directory = root.resolve("log");
    try (LogDirectory log = clock.open(spec(directory).build())) {
      log.accept(FIRST, bytes("x"));
      log.ended(FIRST);
    }
    assertThat(content(directory.resolve("current"))).isEqualTo("x\n");
  }

  @Test
  void f36_charactersSplitOverCalls_andInvalidOnes_arePreserved() throws IOException {
    Path directory = root.resolve("log");
    byte[] bytes = "\u00e9\u20ac\ud83d\ude00\r\u001b[31m\u0000\n".getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(bytes.length + 2).put(bytes).put((byte) 0xff);
    all.put((byte) '\n').flip();
    LogSpec spec = spec(directory).withPrefix("> ").build();
    try (LogDirectory log = clock.open(spec)) {
      for (int i = 0; i < all.capacity(); i++) {
        log.accept(FIRST, all.slice(i, 1));
      }
    }
    String expected = new String(all.array(), StandardCharsets.ISO_8859_1);
    assertThat(content(directory.resolve("current")))
        .isEqualTo("> " + expected.replace("\n", "\n> ").replaceAll("> $", ""));
  }

  @Test
  void f39_twoWriters_eachInItsOrder_linesNeverMixed() throws IOException {
    Path directory = root.resolve("log");
    LogSpec large = spec(directory).withFileBytesMax(1 << 20).build();
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    try (LogDirectory log = clock.open(large)) {
      for (int i = 0; i < 500; i++) {
        String line = "first " + i + "\n";
        first.append(line);
        log.accept(FIRST, bytes(line));
        second.append("second ").append(i).append('\n');
        log.accept(SECOND, bytes("second " + i + "\n"));
      }
    }
    List<String> lines = content(directory.resolve("current")).lines().toList();
    assertThat(lines.stream().filter(l -> l.startsWith("f")))
        .containsExactlyElementsOf(first.toString().lines().toList());
    assertThat(lines.stream().filter(l -> l.startsWith("s")))
        .containsExactlyElementsOf(second.toString().lines().toList());
  }

  @Test
  void f55_linksInPlaceOfOldFiles_areNeitherFollowedNorTaken() throws IOException {
    Path directory = Files.createDirectory(root.resolve("log"));
    Path victim = Files.writeString(root.resolve("victim"), "secret");
    Tai64n label = new Tai64n(clock.instant());
    Files.createSymbolicLink(directory.resolve(label + ".u"), victim);
    Files.createSymbolicLink(directory.resolve(label.next() + ".t"), victim);
    Files.createSymbolicLink(directory.resolve(label.next() + ".s"), root.resolve("nowhere"));
    Files.createSymbolicLink(directory.resolve("previous"), victim);
    LogSpec spec = spec(directory).withProcessing(LogProcessing.gzip()).build();
    try (LogDirectory log = clock.open(spec)) {
      log.accept(FIRST, bytes("x\n"));
      log.rotate();
    }
    assertThat(victim).hasContent("secret");
    assertThat(root.resolve("nowhere")).doesNotExist();
    assertThat(directory.resolve(label + ".u")).isSymbolicLink();
    assertThat(directory.resolve(label.next().next() + ".s.gz")).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "lock.jvm", "current"})
  void f55_linkOfOurNames_isNotFollowed(String name) throws IOException {
    Path directory = Files.createDirectory(root.resolve("log"));
    Path victim = Files.writeString(root.resolve("victim"), "secret");
    Files.createSymbolicLink(directory.resolve(name), victim);
    LogDirectory log = clock.open(spec(directory).build());
    assertThatThrownBy(() -> log.accept(FIRST, bytes("x\n"))).hasMessageContaining(name);
    assertThat(victim).hasContent("secret");
  }

  @Test
  void f55_temporaryNameThatBecomesALink_isNotWrittenThrough() throws IOException {
    Path directory = root.resolve("log");
    Path victim = Files.writeString(root.resolve("victim"), "secret");
    ForwardingFiles attacked =
        new ForwardingFiles() {
          @Override
          void before(String operation) throws IOException {
            if (operation.startsWith("open") && operation.endsWith(".t")) {
              Files.createSymbolicLink(Path.of(operation.substring(5)), victim);
            }
          }
        };
    LogSpec spec = spec(directory).withProcessing(LogProcessing.gzip()).build();
    try (LogDirectory log = new LogDirectory(spec, clock.context(attacked))) {
      log.accept(FIRST, bytes("x\n"));
      log.rotate();
    }
    assertThat(victim).hasContent("secret");
    assertThat(content(files(directory).get(0))).isEqualTo("x\n");
  }

  @Test
  void nameThatExists_isNeverWrittenOver() throws IOException {
    Path directory = Files.createDirectory(root.resolve("log"));
    Tai64n label = new Tai64n(clock.instant());
    try (LogDirectory log = clock.open(spec(directory).build())) {
      log.accept(FIRST, bytes("x\n"));
      // Made by somebody else since the directory was opened.
      Path taken = Files.writeString(directory.resolve(label + ".s.gz"), "theirs");
      log.rotate();
      assertThat(taken).hasContent("theirs");
      assertThat(directory.resolve(label.next() + ".s")).hasContent("x\n");
    }
  }
}
