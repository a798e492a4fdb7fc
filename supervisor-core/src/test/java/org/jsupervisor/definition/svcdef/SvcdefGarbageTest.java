package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.EnvDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in the files, the answer is a definition or a refusal with reasons. */
class SvcdefGarbageTest {
  private static final List<String> READ =
      List.of(
          "DAEMON", "DAEMONOPTS", "PRELAUNCH", "T_UID", "T_GID", "STATEDIR", "FIFO", "PATH", "X");

  @TempDir Path root;
  private SvcdefTree tree;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
    tree.definition("web");
  }

  private void write(String variable, byte[] content) {
    tree.set("web", variable, "");
    try {
      Files.write(root.resolve("web/data/version/1.0").resolve(variable), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readsOrRefuses() {
    Definition read = tree.read("web");
    assertThat(read instanceof Definition.Defined || !read.problems().isEmpty()).isTrue();
  }

  @Test
  void valueCutAtEveryByte_isReadOrRefused() {
    byte[] whole =
        "/bin/\u00e4 \ud83d\ude00 \"x\" [a]* \0 ~ $y `z`\r\nsecond\n"
            .getBytes(StandardCharsets.UTF_8);
    for (String variable : READ) {
      for (int length = 0; length <= whole.length; length++) {
        write(variable, Arrays.copyOf(whole, length));
        readsOrRefuses();
      }
      write(variable, "/bin/true\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void randomBytes_areReadOrRefused() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      byte[] content = new byte[random.nextInt(40)];
      random.nextBytes(content);
      write(READ.get(round % READ.size()), content);
      readsOrRefuses();
    }
  }

  @Test
  void textThatIsNotUtf8_isRefused_withoutBeingShown() {
    write("DAEMONOPTS", new byte[] {'s', (byte) 0xc3, '\n'});
    assertThat(tree.told("web"))
        .containsExactly("web/env/DAEMONOPTS: the first line must be UTF-8 text");
  }

  @Test
  void valueThatIsTooLong_isRefused_andALongFileWithAShortLine_isNot() {
    byte[] most = new byte[EnvDirectory.VALUE_BYTES_MAX + 1];
    Arrays.fill(most, (byte) 'a');
    write("X", most);
    assertThat(tree.told("web"))
        .containsExactly("web/env/X: the first line must have at most 131072 bytes");
    most[5] = '\n';
    write("X", most);
    assertThat(tree.spec("web").environment().variables()).containsEntry("X", "aaaaa");
  }

  @Test
  void whatIsNoFile_orLeadsNowhere_orCouldBeWrittenByOthers_isRefused() throws IOException {
    tree.disk.directory("web/data/version/1.0/dir");
    tree.link("web/data/version/1.0/gone", "no-such");
    tree.set("web", "a=b", "x\n");
    tree.set("web", "open", "x\n");
    DefinitionFixture.mode(root.resolve("web/data/version/1.0/open"), "rw-rw-r--");
    assertThat(tree.told("web"))
        .containsExactlyInAnyOrder(
            "web/env: the name of a variable must not have '=' or control characters, was 'a=b'",
            "web/env/dir: must be a regular file",
            "web/env/gone: is missing",
            "web/env/open: must not be writable by group or others, was 'rw-rw-r--'");
  }

  @Test
  void tooManyVariables_areRefused() {
    for (int i = 0; i < EnvDirectory.FILES_MAX; i++) {
      tree.set("web", "V" + i, "x\n");
    }
    assertThat(tree.told("web"))
        .containsExactly("web/env: must have at most " + EnvDirectory.FILES_MAX + " files");
  }
}
