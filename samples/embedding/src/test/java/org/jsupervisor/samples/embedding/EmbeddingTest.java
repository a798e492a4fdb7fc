package org.jsupervisor.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's example runs, and is the one in the README. */
class EmbeddingTest {
  private static final Path SOURCES = Path.of("src/main/java/org/jsupervisor/samples/embedding");

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
    assertThat(readme).contains("```java\n" + region("Embedding.java", "README") + "```");
  }

  @Test
  void versionInTheGuide_isThatOfTheBuild() throws IOException {
    Matcher built =
        Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(built.find()).isTrue();
    assertThat(Files.readString(Path.of("../../docs/guide.md")))
        .contains("<artifactId>supervisor-posix</artifactId>\n  " + built.group());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec",
        "ready",
        "finish",
        "dependencies",
        "strategy",
        "task",
        "template",
        "instance",
        "operate",
        "decide",
        "why",
        "explain",
        "listen",
        "scan",
        "simulate"
      })
  void examplesOfTheGuide_areThoseThatCompile(String name) throws IOException {
    String guide = Files.readString(Path.of("../../docs/guide.md"));
    assertThat(guide).contains("```java\n" + region("Guide.java", name) + "```");
  }

  @ParameterizedTest
  @ValueSource(strings = {"input", "write"})
  void examplesAboutInput_areThoseThatCompile(String name) throws IOException {
    String guide = Files.readString(Path.of("../../docs/guide.md"));
    assertThat(guide).contains("```java\n" + region("GuideInput.java", name) + "```");
    assertThat(GuideInput.input()).hasSize(3);
  }

  @Test
  void exampleAboutWishes_isTheOneThatCompiles() throws IOException {
    String guide = Files.readString(Path.of("../../docs/guide.md"));
    assertThat(guide).contains("```java\n" + region("GuideMemory.java", "remember") + "```");
  }

  @Test
  void simulationOfTheGuide_givesUpWithinAMinute() {
    assertThat(Guide.simulate()).isEqualTo(Phase.QUARANTINED);
  }

  @Test
  void taskOfTheGuide_cooks() throws Exception {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>(List.of("soup"));
    BlockingQueue<String> cooked = new LinkedBlockingQueue<>();
    SupervisorSpec spec =
        SupervisorSpec.builder("guide").addChild(Guide.task(orders, cooked::add)).build();
    try (Supervisor tree = SupervisorBuilder.of(spec, PosixPlatform.open()).start()) {
      tree.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(cooked.poll(30, TimeUnit.SECONDS)).isEqualTo("soup");
      tree.restart(ChildId.of("cook"), "test").toCompletableFuture().get(30, TimeUnit.SECONDS);
      orders.add("stew");
      assertThat(cooked.poll(30, TimeUnit.SECONDS)).isEqualTo("stew");
    }
  }

  private static String region(String file, String name) throws IOException {
    return Files.readAllLines(SOURCES.resolve(file)).stream()
        .dropWhile(line -> !line.contains("[" + name + "]"))
        .skip(1)
        .takeWhile(line -> !line.contains("[/" + name + "]"))
        .map(line -> line.replaceFirst("^ {4}", "") + "\n")
        .collect(Collectors.joining());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
