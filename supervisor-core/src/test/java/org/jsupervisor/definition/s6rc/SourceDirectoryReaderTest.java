package org.jsupervisor.definition.s6rc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.FormatTable;
import org.jsupervisor.definition.MadeDirectories;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.directory.KnownFile;
import org.jsupervisor.definition.directory.RunsOnce;
import org.jsupervisor.process.Signal;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceDirectoryReaderTest {
  private static final String SCRIPT = "#!/bin/sh\n";
  private static final Map<String, String> VALUES =
      Map.of(
          "up", "true",
          "down", "true",
          "notification-fd", "3",
          "down-signal", "HUP",
          "timeout-kill", "1000",
          "timeout-finish", "1000",
          "timeout-up", "1000",
          "timeout-down", "1000");

  @TempDir Path root;
  private DefinitionFixture disk;
  private DefinitionReader reader;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    // Any executable file will do: nothing is run here.
    reader = SourceDirectoryReader.withExecline(Path.of("/bin/sh"));
  }

  private ProcessSpec spec(String name) {
    Definition read = disk.read(root.resolve(name), reader);
    assertThat(read).isInstanceOf(Definition.Defined.class);
    return ((Definition.Defined) read).spec();
  }

  private List<String> told(String name) {
    return disk.told(disk.read(root.resolve(name), reader));
  }

  private void longrun(String name) {
    disk.file(name + "/type", "longrun\n");
    disk.program(name + "/run", SCRIPT);
  }

  private void bundle(String name, String... contents) {
    disk.file(name + "/type", "bundle\n");
    disk.file(name + "/contents", String.join("\n", contents) + "\n");
  }

  @Test
  void oneshot_isRunOnceByExecline_andIsReadyWhenItHasCompleted() {
    MadeDirectories.copy("s6-rc", disk);
    disk.file("network/down", "# nothing\n");
    ProcessSpec network = spec("network");
    assertThat(network.command().argv()).containsExactly("/bin/sh", "-P", "./up");
    assertThat(network.readiness()).isEqualTo(ReadinessSpec.completed(Duration.ofSeconds(5)));
    assertThat(network.restart()).isEqualTo(new RunsOnce());
    assertThat(network.leftovers()).isEqualTo(Leftovers.KEPT);
    assertThat(network.finish()).isEmpty();
    assertThat(told("network")).isEmpty();
  }

  @Test
  void oneshotWithDown_staysUntilItIsStopped_andDownIsItsFinish() {
    MadeDirectories.copy("s6-rc", disk);
    disk.file("network/timeout-down", "7000\n");
    ProcessSpec network = spec("network");
    assertThat(network.readiness()).isEqualTo(new ReadinessSpec.Notified(3, Duration.ofSeconds(5)));
    FinishSpec down = network.finish().orElseThrow();
    assertThat(down.style()).isEqualTo(FinishSpec.Style.RUNIT);
    assertThat(down.limit()).isEqualTo(Duration.ofSeconds(7));
    assertThat(told("network")).isEmpty();
  }

  @Test
  void oneshotWithoutScript_needsNoExecline_otherwiseItIsRefused() {
    MadeDirectories.copy("s6-rc", disk);
    reader = SourceDirectoryReader.withExecline(Path.of("/no/such/execlineb"));
    assertThat(spec("nothing").command().argv()).containsExactly("true");
    assertThat(disk.told(disk.read(root.resolve("network"), reader)))
        .containsExactly("network/up: needs execlineb, which is none of /no/such/execlineb");
  }

  @Test
  void longrun_hasItsValues_itsDependencies_andItsConsumer() {
    MadeDirectories.copy("s6-rc", disk);
    ProcessSpec web = spec("web");
    assertThat(web.command().argv()).containsExactly("./run", "web");
    assertThat(web.readiness()).isEqualTo(new ReadinessSpec.Notified(3, Duration.ofSeconds(30)));
    assertThat(web.stop()).isEqualTo(StopSpec.of(Signal.TERM, Duration.ofSeconds(4)));
    assertThat(web.finish()).isPresent();
    assertThat(web.output()).isEqualTo(OutputSpec.toChild("all-log"));
    assertThat(web.dependencies())
        .containsExactlyInAnyOrder(
            new Dependency("network", WhenLost.GOES_ON),
            new Dependency("nothing", WhenLost.GOES_ON),
            new Dependency("all-log", WhenLost.GOES_ON));
    assertThat(told("web"))
        .containsExactly(
            "web/flag-essential: is not honoured: whoever may stop a service may stop this one");
  }

  @Test
  void funnel_readsWhatSeveralWrite_andAPipelineIsABundle() {
    MadeDirectories.copy("s6-rc", disk);
    ProcessSpec log = spec("all-log");
    assertThat(log.input()).isEqualTo(InputSpec.fed());
    assertThat(log.stop()).isEqualTo(StopSpec.endOfInput());
    assertThat(log.readiness()).isEqualTo(new ReadinessSpec.Notified(3, Duration.ofDays(1)));
    assertThat(spec("cron").dependencies().stream().map(Dependency::on))
        .containsExactlyInAnyOrder("nothing", "web", "all-log");
  }

  @Test
  void bundles_defineNoService_andTheWholeDirectoryIsInOrder() throws IOException {
    MadeDirectories.copy("s6-rc", disk);
    assertThat(disk.readAll(root.resolve("default"), reader)).isEmpty();
    ScanResult found = new ScanDirectory(root, List.of(reader), disk.settings()).read();
    assertThat(found.problems()).isEmpty();
    assertThat(found.specs().stream().map(each -> each.id().name()))
        .containsExactlyInAnyOrder("all-log", "cron", "network", "nothing", "web");
  }

  @Test
  void pipelineWithOneSide_isRefusedAtThatSide() {
    longrun("web");
    longrun("log");
    disk.file("web/producer-for", "log\n");
    assertThat(told("web"))
        .containsExactly(
            "web/producer-for:1: must name a longrun whose consumer-for names web, was 'log'");
    disk.file("log/consumer-for", "web\nother\n");
    assertThat(spec("web").output()).isEqualTo(OutputSpec.toChild("log"));
    assertThat(told("log"))
        .containsExactly(
            "log/consumer-for: must name longruns whose producer-for names log, was 'other'");
  }

  @Test
  void consumerThatIsNoName_isRefused() {
    longrun("web");
    disk.file("web/producer-for", "a\0-log\n");
    assertThat(told("web")).singleElement().asString().contains("must name a longrun");
  }

  @Test
  void circlesOfBundlesAndOfDependencies_areRefusedWithTheirPath() throws IOException {
    bundle("a", "b");
    bundle("b", "a");
    longrun("web");
    disk.file("web/dependencies", "a\n");
    String rule = ": must not have bundles in themselves, or more than 32 in each other, was '";
    assertThat(told("a")).containsExactly("a/contents" + rule + "a > b > a'");
    assertThat(told("web")).containsExactly("web/dependencies" + rule + "a > b > a'");
    longrun("x");
    longrun("y");
    disk.file("x/dependencies.d/y", "");
    disk.file("y/dependencies.d/x", "");
    ScanResult found = new ScanDirectory(root, List.of(reader), disk.settings()).read();
    assertThat(found.problems().toString()).contains("x -> y -> x");
  }

  @Test
  void bundleOfWhatIsNotThere_isRefused() {
    bundle("all", "web", "../x");
    assertThat(told("all"))
        .containsExactly(
            "all/contents: must have names only: each name must be 1 to 100 of A-Z a-z 0-9 . _ @ -"
                + " and begin with a letter, a digit or _, was '../x'",
            "all/contents: must name services or bundles of this directory, was 'web'");
  }

  @Test
  void diamondsOfBundles_areLookedAtOnce() {
    for (int i = 0; i < 30; i++) {
      bundle("l" + i, "l" + (i + 1), "r" + (i + 1));
      bundle("r" + i, "l" + (i + 1), "r" + (i + 1));
    }
    longrun("l30");
    longrun("r30");
    longrun("web");
    disk.file("web/dependencies", "l0\nr0\n");
    assertThat(spec("web").dependencies().stream().map(Dependency::on))
        .containsExactly("l30", "r30");
  }

  @Test
  void typeThatIsNone_andReservedNames_areRefused() {
    disk.file("web/type", "service\n");
    assertThat(told("web"))
        .containsExactly("web/type:1: must be oneshot, longrun or bundle, was 'service'");
    longrun("s6rc-x");
    assertThat(told("s6rc-x"))
        .containsExactly("s6rc-x: must not begin with s6rc- or s6-rc-, was 's6rc-x'");
  }

  @Test
  void downAndLogOfALongrun_areNoted_asS6RcPassesThemOver() {
    longrun("web");
    disk.file("web/down", "");
    disk.program("web/log/run", SCRIPT);
    assertThat(told("web"))
        .containsExactly(
            "web/down: is not honoured: this is a longrun",
            "web/log: is not honoured: s6-rc has pipelines instead");
  }

  static Stream<Arguments> cells() {
    return Stream.of(SourceType.values())
        .flatMap(type -> SourceFiles.ALL.stream().map(file -> Arguments.of(type, file)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void file_isTreatedAsTheTableSays(SourceType type, KnownFile<SourceType> file)
      throws IOException {
    longrun("other");
    disk.file("web/type", type + "\n");
    if (type == SourceType.LONGRUN) {
      disk.program("web/run", SCRIPT);
    } else if (type == SourceType.ONESHOT) {
      disk.file("web/up", "true\n");
    }
    Path path = root.resolve("web").resolve(file.text());
    if (Files.notExists(path)) {
      make(file);
    }
    Treatment treatment = file.treatment(type);
    List<Definition> all = disk.readAll(root.resolve("web"), reader);
    if (type == SourceType.BUNDLE && treatment != Treatment.REFUSED) {
      assertThat(all).isEmpty();
      return;
    }
    List<String> told = disk.told(all.get(0));
    assertThat(all.get(0) instanceof Definition.Refused).isEqualTo(treatment == Treatment.REFUSED);
    String place = "web/" + file.text().replace("/", "") + ": ";
    switch (treatment) {
      case HONOURED, PASSED_OVER -> assertThat(told).noneMatch(line -> line.startsWith(place));
      case REPORTED ->
          assertThat(told).anyMatch(line -> line.startsWith(place + "is not honoured"));
      case REFUSED -> assertThat(told).anyMatch(line -> line.startsWith(place + "must"));
    }
  }

  private void make(KnownFile<SourceType> file) {
    if (file.text().matches("producer-for|consumer-for")) {
      disk.file("web/" + file.text(), "other\n");
      disk.file(
          "other/" + (file.text().equals("producer-for") ? "consumer-for" : "producer-for"),
          "web\n");
      return;
    }
    var unused =
        switch (file.form()) {
          case PROGRAM -> disk.program("web/" + file.text(), SCRIPT);
          case DIRECTORY -> disk.directory("web/" + file.text());
          case FILE -> disk.file("web/" + file.text(), VALUES.getOrDefault(file.text(), ""));
        };
  }

  @Test
  void document_hasTheSameTable() {
    FormatTable.check("s6-rc.md", SourceFiles.ALL, List.of(SourceType.values()));
  }
}
