package org.jsupervisor.definition.going;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.definition.FormatFixture;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.ShortLifePolicy;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Going's files by its own rules and by the extended ones, as docs/formats/going.md says. */
class GoingReaderTest {
  @TempDir Path root;

  private FormatFixture strict() {
    return new FormatFixture(root, new GoingReader(GoingRules.STRICT));
  }

  private FormatFixture extended() {
    return new FormatFixture(root, new GoingReader(GoingRules.EXTENDED));
  }

  private List<String> told(GoingRules rules, String content) {
    FormatFixture disk = new FormatFixture(root, new GoingReader(rules));
    disk.file("x", content.replace("\\n", "\n").replace("\\t", "\t"));
    return disk.told("x");
  }

  @Test
  void document_hasEveryKey() {
    assertThat(FormatFixture.rows("going").stream().map(row -> row.subList(0, 3)))
        .containsExactlyElementsOf(
            Stream.of(GoingKey.values())
                .map(key -> List.of(key.text(), key.strictly().toString(), "honoured"))
                .toList());
  }

  @Test
  void strictly_wordsAreSplitAtSpaces_andTheLaterLineHolds() {
    ProcessSpec spec = strict().copy("going").spec("salt-minion", "salt-minion");
    assertThat(spec.command().argv()).containsExactly("/usr/bin/salt-minion", "-l", "\"info\"");
    assertThat(spec.directory()).isEqualTo(Path.of("/srv/a=b"));
    assertThat(spec.restart()).isEqualTo(ShortLifePolicy.defaults());
    assertThat(spec.steps()).isEmpty();
  }

  @Test
  void strictly_whatGoingPassesOver_isNoted() {
    assertThat(strict().copy("going").notes("salt-minion"))
        .containsExactly(
            "salt-minion:4: user: is ignored, as by going: is no key of going's",
            "salt-minion:5: is ignored, as by going: must be KEY=VALUE, a comment or blank",
            "salt-minion:3: cwd: is ignored, as by going: line 7 holds",
            "salt-minion:8: cmd : is ignored, as by going: is no key of going's",
            "salt-minion:9: cwd: is ignored, as by going: must not be empty",
            "salt-minion:2: cmd: has quotes, which reach the program as they are");
  }

  @Test
  void directory_isTheRoot_byDefault() {
    assertThat(strict().copy("going").spec("sleep", "sleep").directory()).isEqualTo(Path.of("/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | x: cmd: must be there",
        "cwd=/\\n | x: cmd: must be there",
        "cmd=  \\n | x:1: cmd: must name a program",
        "cmd=a\\tb\\n | x:1: cmd: must be split by spaces, not by tabs",
        "cmd=a\\ncwd=b\\n | x:2: cwd: must be an absolute path, was 'b'",
        "cmd=a | x:1: must end with a newline: it may be half written",
      })
  void strictly_whatCannotRun_isRefusedWithItsLine(String content, String expected) {
    assertThat(told(GoingRules.STRICT, content)).contains(expected);
  }

  @Test
  void strictly_limitsAreThoseOfGoing() {
    String fits = "x".repeat(256);
    assertThat(told(GoingRules.STRICT, "cmd=" + fits + "\ncwd=/" + fits.substring(1) + "\n"))
        .isEmpty();
    assertThat(told(GoingRules.STRICT, "cmd=x" + fits + "\ncwd=/" + fits + "\n"))
        .containsExactly(
            "x:1: cmd: value must have at most 256 bytes, as in going",
            "x:2: cwd: value must have at most 256 bytes, as in going");
    assertThat(told(GoingRules.STRICT, "cmd=" + "a ".repeat(128) + "\n")).isEmpty();
    assertThat(told(GoingRules.STRICT, "cmd=x\n#" + "x".repeat(300) + "\nz=" + "x".repeat(286)))
        .contains("x:3: must end with a newline: it may be half written");
    assertThat(told(GoingRules.STRICT, "cmd=x\nz=" + "x".repeat(286) + "\n"))
        .containsExactly("x:2: must have at most 287 bytes: going reads it as two lines");
  }

  @Test
  void strictly_wordsAndNames_areLimited() {
    // 129 words do not fit into 256 bytes with spaces between, so only the bytes can be told.
    FormatFixture disk = strict();
    String name = "n".repeat(33);
    disk.file(name, "cmd=x\n");
    assertThat(disk.told(name))
        .containsExactly(name + ": name must have at most 32 bytes, as in going");
  }

  @Test
  void extended_hasQuotesVariablesUserAndBackoff() {
    ProcessSpec spec = extended().copy("going-extended").spec("web", "web");
    assertThat(spec.command().argv())
        .containsExactly("/usr/bin/web", "--title", "two words", "a \"b\"", "c d");
    assertThat(spec.environment().inheritance()).isEqualTo(Environment.Inheritance.NONE);
    assertThat(spec.environment().variables())
        .isEqualTo(Map.of("LANG", "C.UTF-8", "OPTS", "a=b c"));
    assertThat(spec.steps())
        .containsExactly(
            PrivilegeStep.User.of("www-data").withGroup("web"),
            new PrivilegeStep.Chroot(Path.of("/srv")));
    assertThat(spec.restart())
        .isEqualTo(
            new GrowingQuarantine(
                Duration.ofSeconds(5),
                new GiveUp.Quarantine(Duration.ofSeconds(10), Duration.ofSeconds(600))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cmd=a\\nnonsense=1\\n | x:2: nonsense: is no key of such a file",
        "cmd=a\\nx\\n | x:2: must be KEY=VALUE, a comment or blank",
        "cmd=a\\ncwd=\\n | x:2: cwd: must not be empty",
        "cmd=a\\ncmd=b\\n | x:2: cmd: must stand only once, is already in line 1",
        "cmd=\"a\\n | x:1: cmd: must close what is quoted by \"",
        "cmd=a\\ngroup=b\\n | x:2: group: must have a user, was 'b'",
        "cmd=a\\nuser=a:b\\n | x:2: user: must be the name or the number of a user or group, was 'a:b'",
        "cmd=a\\nenv=b\\n | x:2: env: must be NAME=VALUE",
        "cmd=a\\nenvironment=none\\n | x:2: environment: must be inherited or fresh, was 'none'",
        "cmd=a\\nquarantine=0\\n | x:2: quarantine: must be a number of seconds, at least 1, was '0'",
        "cmd=a\\nquarantine-max=29\\n | x:2: quarantine-max: must be at least the first, 30, was '29'",
      })
  void extended_whatIsNotUnderstood_isRefused(String content, String expected) {
    assertThat(told(GoingRules.EXTENDED, content)).containsExactly(expected);
  }

  @Test
  void truncationAtEveryByte_isToldOrRead() {
    strict().copy("going").truncateAtEveryByte("salt-minion");
    extended().copy("going-extended").truncateAtEveryByte("web");
  }
}
