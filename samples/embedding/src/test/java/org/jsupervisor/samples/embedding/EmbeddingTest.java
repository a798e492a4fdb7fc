package org.jsupervisor.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's example runs, and is the one in the README. */
class EmbeddingTest {
  private static final Path SOURCE =
      Path.of("src/main/java/org/jsupervisor/samples/embedding/Embedding.java");

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
  void twoSidecars_areStarted_used_restarted_andStopped(@TempDir Path logs) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String greeter = Path.of("sidecars/Greeter.java").toAbsolutePath().toString();
    List<String> answers = new ArrayList<>();
    Embedding.run(java, greeter, Integer.toString(freePort()), logs, answers::add);

    assertThat(answers).hasSize(2).doesNotHaveDuplicates();
    assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("hello from pid "));
    for (String answer : answers) {
      long pid = Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
    assertThat(Files.readString(logs.resolve("current"))).endsWith("\n");
  }

  @Test
  void example_isTheOneInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    assertThat(readme).contains("```java\n" + example() + "```");
  }

  private static String example() throws IOException {
    return Files.readAllLines(SOURCE).stream()
        .dropWhile(line -> !line.contains("[README]"))
        .skip(1)
        .takeWhile(line -> !line.contains("[/README]"))
        .map(line -> line.replaceFirst("^ {4}", "") + "\n")
        .collect(Collectors.joining());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
