package org.jsupervisor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.jsupervisor.core.OneChild.C;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jsupervisor.simulation.SimulatedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording shows that was started without naming a single event of ours. */
class FlightRecordTest {
  @TempDir Path directory;

  @Test
  void recording_showsTheLifeOfAChild() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              var crashes = SimulatedProgram.runs().exits(3, Duration.ofSeconds(5));
              SimulatedTree tree = new SimulatedTree();
              tree.program("c", run -> run == 1 ? crashes : SimulatedProgram.runs());
              tree.start(SimulatedTree.child("c"));
              tree.run(Duration.ofSeconds(8));
              tree.settled(tree.handle().down(C));
            });

    assertThat(of("Launch", events))
        .extracting(event -> event.getString("child"), event -> event.getLong("run"))
        .containsExactly(tuple("c", 1L), tuple("c", 2L));
    RecordedEvent exit = of("Exit", events).get(0);
    assertThat(exit.getString("tree")).isEqualTo("t");
    assertThat(exit.getString("status")).isEqualTo("exit code 3");
    assertThat(exit.getInt("code")).isEqualTo(3);
    assertThat(exit.getString("signal")).isEmpty();
    assertThat(of("Exit", events).get(1).getInt("code")).isEqualTo(-1);
    assertThat(of("Exit", events).get(1).getString("signal")).isEqualTo("TERM");
    assertThat(exit.getString("cause")).isEqualTo("BY_ITSELF");
    assertThat(exit.getDuration("lived")).isEqualTo(Duration.ofSeconds(5));
    RecordedEvent restart = of("Restart", events).get(0);
    assertThat(restart.getInt("attempt")).isEqualTo(1);
    assertThat(restart.getDuration("delay")).isPositive();
    assertThat(of("Stop", events)).hasSize(1);
    assertThat(exit.getStackTrace()).isNull();
  }

  @Test
  void recording_showsThatAChildWasGivenUp() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              SimulatedTree tree = new SimulatedTree();
              tree.program("c", SimulatedProgram.runs().exits(1, Duration.ofMillis(100)));
              tree.start(SimulatedTree.child("c"));
              tree.run(Duration.ofSeconds(30));
            });

    RecordedEvent quarantine = of("Quarantine", events).get(0);
    assertThat(quarantine.getString("child")).isEqualTo("c");
    assertThat(quarantine.getDuration("pause")).isEqualTo(Duration.ofMinutes(1));
    assertThat(quarantine.getInt("count")).isEqualTo(1);
    assertThat(quarantine.getString("reason")).isNotEmpty();
  }

  @Test
  void runtimeWithoutTheRecorder_andOtherModules_runsTheTreeAllTheSame() throws Exception {
    assertThat(smallRuntime()).contains("recorder true, idle true, child RUNNING");
    assertThat(smallRuntime("--limit-modules", "java.se,jdk.unsupported"))
        .contains("recorder false, idle true, child RUNNING")
        .contains("is in no flight recording: the module jdk.jfr is not there");
  }

  /** What a tree says in a JVM of its own. */
  private String smallRuntime(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=debug");
    command.addAll(List.of(options));
    String places =
        String.join(
            File.pathSeparator,
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", places, SmallRuntime.class.getName()));
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said);
  }

  private List<RecordedEvent> recorded(Runnable what) throws IOException {
    Path file = directory.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      what.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> of(String kind, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("org.jsupervisor." + kind))
        .filter(event -> event.getString("tree").equals("t"))
        .toList();
  }
}
