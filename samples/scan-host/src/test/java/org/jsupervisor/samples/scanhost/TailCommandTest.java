package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scan-host tail}, as an operator sees it; no host runs. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class TailCommandTest {
  private static final String FIRST = "2026-11-21T08:15:30.123Z ";

  @TempDir private Path temp;
  private Path services;
  private Path output;

  @BeforeEach
  void makeDirectory() throws IOException {
    services = Services.directory(temp.resolve("services"));
    output = temp.resolve("output");
  }

  private void log(String directory, String text) throws IOException {
    Path log = Files.createDirectories(services.resolve(directory));
    Files.writeString(
        log.resolve("current"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private HostProcess tail(String... arguments) throws IOException {
    return HostProcess.start(output, Map.of(), arguments);
  }

  private String outputOf(int code, String... arguments) throws Exception {
    try (HostProcess tail = tail(arguments)) {
      assertThat(tail.awaitExit()).as(tail.output()).isEqualTo(code);
      return tail.output();
    }
  }

  @Test
  void lastLines_arePrinted_withoutControlCharacters() throws Exception {
    Services.script(services, "a", "true");
    log(".log/a", FIRST + "one\n" + FIRST + "\u001b[2Jtwo\n" + FIRST + "half");
    assertThat(outputOf(0, "tail", "-n", "2", services.toString(), "a"))
        .isEqualTo(FIRST + "\\x1b[2Jtwo\n" + FIRST + "half\n");
  }

  @Test
  void logIsWhereTheDefinitionSays() throws Exception {
    Services.file(
        services.resolve("b.properties"),
        "command = true\nlog.directory = " + services.resolve(".elsewhere") + "\n");
    log(".elsewhere", "here\n");
    assertThat(outputOf(0, "tail", services.toString(), "b")).isEqualTo("here\n");
  }

  @Test
  void bothStreams_areMerged_ifTheyAreApart() throws Exception {
    Services.file(
        services.resolve("c.properties"),
        "command = true\nlog.stderr = separate\nlog.tail = 5\nlog.syslog = local\n");
    log(".log/c", FIRST + "out\n");
    log(".log/c.stderr", "2026-11-21T08:15:31.123Z err\n");
    assertThat(outputOf(0, "tail", services.toString(), "c"))
        .isEqualTo(FIRST + "out\n2026-11-21T08:15:31.123Z err\n");
  }

  @Test
  void logOfAServiceThatIsGone_canBeRead() throws Exception {
    log(".log/gone", "here\n");
    assertThat(outputOf(0, "tail", services.toString(), "gone")).isEqualTo("here\n");
  }

  @Test
  void follow_printsWhatComes_acrossARotation() throws Exception {
    Services.script(services, "a", "true");
    log(".log/a", "one\ntwo\n");
    try (HostProcess tail = tail("tail", "-f", "-n", "1", services.toString(), "a")) {
      tail.awaitLine("^two$", 1);
      log(".log/a", "three\n");
      Path log = services.resolve(".log/a");
      Files.move(log.resolve("current"), log.resolve("@400000006b01de4a31dd820d.s"));
      log(".log/a", "four\n");
      tail.awaitLine("^four$", 1);
      assertThat(tail.output()).isEqualTo("two\nthree\nfour\n");
    }
  }

  @Test
  void noLines_areNone_alsoIfOneIsNotFinished() throws Exception {
    Services.script(services, "a", "true");
    log(".log/a", "one\nhalf");
    assertThat(outputOf(0, "tail", "-n", "0", services.toString(), "a")).isEmpty();
  }

  @Test
  void damagedFile_isTold_andWhatComesAfterItIsPrinted() throws Exception {
    Services.script(services, "a", "true");
    log(".log/a", "two\n");
    Path damaged = services.resolve(".log/a/@400000006b01de4a31dd820d.s.gz");
    Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertThat(outputOf(0, "tail", services.toString(), "a"))
        .hasLineCount(2)
        .contains(damaged.toString())
        .endsWith("two\n");
  }

  @Test
  void badArguments_end64_andWhatIsNotThere66_withOneLine() throws Exception {
    assertThat(outputOf(64, "tail", services.toString())).hasLineCount(1).contains("usage: ");
    assertThat(outputOf(64, "tail", "-n", "-1", services.toString(), "a"))
        .hasLineCount(1)
        .contains("'-1'");
    assertThat(outputOf(64, "tail", "-x", services.toString(), "a")).contains("'-x'");
    assertThat(outputOf(66, "tail", services.toString(), "a")).hasLineCount(1).contains("'a'");
    assertThat(outputOf(66, "tail", services.toString(), "../x")).contains("'../x'");
    assertThat(outputOf(66, "tail", temp.resolve("no").toString(), "a")).contains("is missing");
  }
}
