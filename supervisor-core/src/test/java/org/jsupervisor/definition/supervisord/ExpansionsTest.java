package org.jsupervisor.definition.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jsupervisor.definition.FormatFixture;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code %(NAME)s} stands for in which option, as supervisord 4 has it. */
class ExpansionsTest {
  @TempDir Path root;
  private FormatFixture disk;

  @BeforeEach
  void prepare() {
    disk =
        new FormatFixture(
            root, new SupervisordReader().withVariables(Map.of("PATH", "/bin", "X", "host")));
  }

  private ProcessSpec read(String child, String... lines) {
    disk.file("main.conf", String.join("\n", lines) + "\n");
    return disk.spec("main.conf", child);
  }

  @Test
  void here_isTheDirectoryOfTheFileInWhichItStands() {
    disk.file(
        "conf.d/b.conf",
        """
        [program:b]
        command=%(here)s/b
        directory=%(here)s
        environment=HOME="%(here)s"
        [program:a]
        directory=%(here)s
        """);
    String included = root.resolve("conf.d").toString();
    ProcessSpec a =
        read(
            "a",
            "[include]",
            "files=./conf.d/../conf.d/*.conf",
            "[program:a]",
            "command=%(here)s/a");
    assertThat(a.command().argv()).containsExactly(root + "/a");
    assertThat(a.directory()).isEqualTo(Path.of(included));
    ProcessSpec b = disk.spec("main.conf", "b");
    assertThat(b.command().argv()).containsExactly(included + "/b");
    assertThat(b.directory()).isEqualTo(Path.of(included));
    assertThat(b.environment().variables()).containsEntry("HOME", included);
  }

  @Test
  void variablesOfSupervisord_areThoseOfTheFileForItsPrograms() {
    ProcessSpec a =
        read(
            "a-own",
            "[program:a]",
            "command=%(ENV_B)s/x %(ENV_X)s",
            "process_name=a-%(ENV_X)s",
            "[supervisord]",
            "environment=X=\"own\",B=\"/b-%(ENV_X)s\"");
    assertThat(a.command().argv()).containsExactly("/b-host/x", "own");
    assertThat(a.environment().variables()).containsEntry("X", "own").containsEntry("B", "/b-host");
  }

  @Test
  void variablesOfAProgram_areKnownToItsCommandAndDirectory_butNotToThemselves() {
    ProcessSpec a =
        read(
            "a",
            "[program:a]",
            "command=%(ENV_DIR)s/x %(ENV_PATH)s",
            "directory=%(ENV_DIR)s",
            "environment=DIR=\"/srv/%(program_name)s\",PATH=\"/x:%(ENV_PATH)s\"");
    assertThat(a.command().argv()).containsExactly("/srv/a/x", "/x:/bin");
    assertThat(a.directory()).isEqualTo(Path.of("/srv/a"));
    assertThat(a.environment().variables()).containsEntry("PATH", "/x:/bin");

    disk.file("main.conf", "[program:a]\ncommand=x\nenvironment=DIR=\"1\",B=\"%(ENV_DIR)s\"\n");
    assertThat(disk.told("main.conf")).singleElement().asString().contains("and not 'ENV_DIR'");
  }

  @Test
  void sizes_mayHaveABlankBeforeTheirUnit() {
    ProcessSpec a =
        read(
            "a",
            "[program:a]",
            "command=x",
            "redirect_stderr=true",
            "stdout_logfile_maxbytes=1 MB");
    LogSpec log = ((OutputSpec.Logged) a.output()).log();
    assertThat(log.fileBytesMax()).isEqualTo(1 << 20);
  }
}
