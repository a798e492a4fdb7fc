package org.jsupervisor.definition.procfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.FormatFixture;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Procfiles and the variables beside them, as docs/formats/procfile.md says. */
class ProcfileReaderTest {
  @TempDir Path root;
  private FormatFixture disk;

  @BeforeEach
  void prepare() {
    disk = new FormatFixture(root, new ProcfileReader());
  }

  @Test
  void document_hasEveryKindOfLine() {
    assertThat(FormatFixture.treatments("procfile"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(ProcfilePart.values()).map(e -> e.text() + " " + e.treatment()),
                    Stream.of(DotEnvPart.values()).map(e -> e.text() + " " + e.treatment()))
                .toList());
  }

  @Test
  void madeFile_definesEachType_asALineForTheShell() throws IOException {
    disk.copy("procfile");
    ScanDirectory scan = new ScanDirectory(root, List.of(new ProcfileReader()), disk.settings());
    assertThat(scan.read().specs())
        .extracting(spec -> spec.command().argv())
        .containsExactly(
            shell("FOO=1 exec clockwork clock.rb # not a comment of ours"),
            shell("rake db:migrate"),
            shell("bundle exec puma -p $PORT -C config/puma.rb"),
            shell("bundle exec sidekiq && echo \"done\""));
  }

  private static List<String> shell(String line) {
    return List.of("/bin/sh", "-c", line);
  }

  @Test
  void child_isRestartedAlways_inTheDirectoryOfItsFile_andLogged() {
    ProcessSpec web = disk.copy("procfile").spec("Procfile", "web");
    assertThat(web.directory()).isEqualTo(root);
    assertThat(web.restart()).isEqualTo(RestartPolicy.permanent());
    assertThat(web.output())
        .isEqualTo(OutputSpec.logged(LogSpec.of(disk.settings().logRoot().resolve("web"))));
  }

  @Test
  void madeEnv_isReadByItsQuotingRules() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("RACK_ENV", "production");
    expected.put("DATABASE_URL", "postgres://u:p$w@localhost/db?a=b");
    expected.put("GREETING", "it's \"here\"\nand $5 \\ more");
    expected.put("EMPTY", "");
    expected.put("URL", "http://localhost:80/a?b=c&d=e");
    assertThat(disk.copy("procfile").spec("Procfile", "worker").environment().variables())
        .isEqualTo(expected);
  }

  @Test
  void releaseType_isRun_withANote() {
    assertThat(disk.copy("procfile").notes("Procfile"))
        .containsExactly("Procfile:6: release: is run as the others, not once for a release");
  }

  @Test
  void ports_countUpByAHundred_inTheOrderOfTheFile() {
    disk = new FormatFixture(root, new ProcfileReader().withPorts(5000)).copy("procfile");
    assertThat(disk.read("Procfile"))
        .extracting(each -> ((Definition.Defined) each).spec())
        .extracting(spec -> spec.id() + " " + spec.environment().variables().get("PORT"))
        .containsExactly("web 5000", "worker 5100", "clock-1 5200", "release 5300");
  }

  @Test
  void portThatIsTooHigh_refusesItsTypeAlone() {
    disk = new FormatFixture(root, new ProcfileReader().withPorts(65_500));
    disk.file("Procfile", "a: x\nb: y\n");
    assertThat(disk.told("Procfile"))
        .containsExactly("Procfile:2: b: must have a PORT of at most 65535, was '65600'");
    assertThat(disk.spec("Procfile", "a").environment().variables()).containsKey("PORT");
  }

  @Test
  void firstPort_isChecked() {
    ProcfileReader reader = new ProcfileReader();
    assertThatThrownBy(() -> reader.withPorts(0)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> reader.withPorts(65_536)).hasMessageContaining("was 65536");
  }

  @Test
  void portInEnv_isNoted() {
    disk.file("Procfile", "web: x\n");
    disk.file(".env", "PORT=3000\n");
    assertThat(disk.notes("Procfile"))
        .containsExactly(".env: PORT: is the same for all; foreman would count up from it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web bundle exec\n",
        " web: x\n",
        "web:\n",
        "web:  \n",
        "we b: x\n",
        "w\u00e4b: x\n"
      })
  void lineThatIsNoProcessType_refusesTheFile(String line) {
    disk.file("Procfile", "ok: x\n" + line);
    assertThat(disk.told("Procfile"))
        .containsExactly("Procfile:2: must be NAME: COMMAND, a comment or blank");
  }

  @Test
  void typeTwice_refusesTheFile() {
    disk.file("Procfile", "web: x\nweb: y\n");
    assertThat(disk.told("Procfile"))
        .containsExactly("Procfile:2: web: must stand only once, is already in line 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=b # c",
        "A= b",
        "A=b ",
        "A=$B",
        "A=\"$B\"",
        "A=`b`",
        "A=a\\b",
        "A='b' # c",
        "A='it's'",
        "A=\"b",
        "A='b",
        "A=\"b\\\"",
        "A=#b",
        "A=\"b\" c",
        "A=\"b\"c\""
      })
  void valueThatIsReadDifferently_isRefused_andNotShown(String line) {
    disk.file("Procfile", "web: x\n");
    disk.file(".env", line + "\n");
    assertThat(disk.told("Procfile"))
        .singleElement()
        .asString()
        .startsWith(".env:1: must be in single quotes")
        .doesNotContain("was");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A : b", "A = b", "=b", "1A=b", "exportA b"})
  void lineThatIsNoVariable_isRefused(String line) {
    disk.file("Procfile", "web: x\n");
    disk.file(".env", line + "\n");
    assertThat(disk.told("Procfile"))
        .containsExactly(".env:1: must be NAME=VALUE, a comment or blank");
  }

  @Test
  void variableTwice_isRefused() {
    disk.file("Procfile", "web: x\n");
    disk.file(".env", "A=b\n\nA=c\n");
    assertThat(disk.told("Procfile"))
        .containsExactly(".env:3: A: must stand only once, is already in line 1");
  }

  @Test
  void lineEndsOfWindows_areLineEnds() {
    disk.file("Procfile", "web: x\r\n");
    assertThat(disk.spec("Procfile", "web").command().argv()).isEqualTo(shell("x"));
  }

  @Test
  void controlCharacters_areRefused() {
    disk.file("Procfile", "web: x\u0000y\n");
    assertThat(disk.told("Procfile"))
        .containsExactly("Procfile:1: must not contain control characters other than tabs");
  }

  @Test
  void truncationAtEveryByte_isToldOrRead() {
    disk.copy("procfile").truncateAtEveryByte("Procfile");
  }

  @Test
  void truncationOfEnvAtEveryByte_definesNothingWithinALine() throws IOException {
    disk.copy("procfile");
    String whole = Files.readString(root.resolve(".env"));
    for (int length = 1; length < whole.length(); length++) {
      disk.file(".env", whole.substring(0, length));
      boolean endsWithALine = whole.charAt(length - 1) == '\n';
      assertThat(disk.read("Procfile").get(0) instanceof Definition.Defined)
          .isEqualTo(endsWithALine);
    }
  }
}
