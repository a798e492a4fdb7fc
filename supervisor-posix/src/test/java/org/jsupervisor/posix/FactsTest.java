package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.ProcessFacts.Depth;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is known of a child that lives. */
@EnabledOnOs(OS.LINUX)
class FactsTest {
  private final PlatformFixture fixture = new PlatformFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private ProcessFacts cheap(Incarnation run) {
    return fixture.platform.facts(run, Depth.CHEAP).orElseThrow();
  }

  @Test
  void sleepingChild_isSeenAsItIs() throws IOException {
    Incarnation run = fixture.launch("sleep", "60");
    Pid pid = fixture.awaitLaunched(run);
    fixture.await("sleep", () -> cheap(run).state() == ProcessFacts.State.SLEEPING);

    ProcessFacts facts = cheap(run);

    assertThat(facts.pid()).isEqualTo(pid);
    assertThat(facts.threads()).isEqualTo(1);
    assertThat(facts.residentBytes()).isBetween(100_000L, 100_000_000L);
    assertThat(facts.uptime()).isLessThan(Duration.ofMinutes(5));
    assertThat(facts.startedAt())
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    assertThat(facts.proportionalBytes()).isEmpty();
    assertThat(facts.descriptors()).isEmpty();
    assertThat(ProcessHandle.of(pid.value()).orElseThrow().info().startInstant().orElseThrow())
        .isBetween(
            facts.startedAt().minus(Duration.ofSeconds(2)),
            facts.startedAt().plus(Duration.ofSeconds(2)));
  }

  @Test
  void fullFacts_haveDescriptorsAndSharedMemoryDivided() {
    Incarnation run = fixture.launch("sleep", "60");
    fixture.awaitLaunched(run);
    // The loader has its libraries open for a moment.
    fixture.await("stdio only", () -> full(run).descriptors().orElse(0) == 3);

    assertThat(full(run).proportionalBytes().orElseThrow())
        .isBetween(1_000L, full(run).residentBytes() + 1_000_000);
  }

  private ProcessFacts full(Incarnation run) {
    return fixture.platform.facts(run, Depth.FULL).orElseThrow();
  }

  @Test
  void busyChild_usesItsProcessor() {
    Incarnation run = fixture.launch("sh", "-c", "while :; do :; done");
    fixture.awaitLaunched(run);

    fixture.await(
        "some time", () -> cheap(run).userTime().plus(cheap(run).systemTime()).toMillis() >= 100);

    assertThat(cheap(run).uptime()).isGreaterThanOrEqualTo(Duration.ofMillis(90));
  }

  @Test
  void childThatIsStoppedFromOutside_isSeenStopped_andGoingOn() {
    Incarnation run = fixture.launch("sleep", "60");
    fixture.awaitLaunched(run);

    fixture.platform.signal(run, Signal.STOP);
    fixture.await("stopped", () -> cheap(run).state() == ProcessFacts.State.STOPPED);
    fixture.platform.signal(run, Signal.CONT);
    fixture.await("going on", () -> cheap(run).state() == ProcessFacts.State.SLEEPING);

    assertThat(fixture.reports).as("the kernel tells neither").hasSize(1);
  }

  @Test
  void childThatHasEndedButIsNotReaped_isSeenEnded() {
    Incarnation run = fixture.launch("sleep", "60");
    Pid pid = fixture.awaitLaunched(run);
    ProcessHandle.of(pid.value()).orElseThrow().destroyForcibly();

    // Nobody polls, so nobody reaps.
    long begin = System.nanoTime();
    while (cheap(run).state() != ProcessFacts.State.ENDED) {
      assertThat(System.nanoTime() - begin).isLessThan(PlatformFixture.PATIENCE.toNanos());
      Thread.onSpinWait();
    }
  }

  @Test
  void runThatHasEnded_orIsNotThere_hasNone() {
    Incarnation run = fixture.launch("true");
    fixture.awaitExit(run);

    assertThat(fixture.platform.facts(run, Depth.CHEAP)).isEmpty();
    assertThat(fixture.platform.facts(run, Depth.FULL)).isEmpty();
    assertThat(fixture.platform.facts(new Incarnation(ChildId.of("no"), 1), Depth.CHEAP)).isEmpty();
  }

  @Test
  void nameOfAProgramWithBracketsAndBlanks_confusesNobody() throws IOException {
    Path odd =
        Path.of(System.getProperty("java.io.tmpdir"), "a) S 1 (b " + ProcessHandle.current().pid());
    Files.copy(Path.of("/bin/sleep").toRealPath(), odd);
    try {
      odd.toFile().setExecutable(true);
      Incarnation run = fixture.launch(odd.toString(), "60");
      Pid pid = fixture.awaitLaunched(run);

      Optional<ProcessFacts> facts = fixture.platform.facts(run, Depth.CHEAP);

      assertThat(facts.orElseThrow().pid()).isEqualTo(pid);
      assertThat(facts.orElseThrow().threads()).isEqualTo(1);
    } finally {
      Files.delete(odd);
    }
  }
}
