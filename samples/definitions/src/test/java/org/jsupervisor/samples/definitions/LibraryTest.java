package org.jsupervisor.samples.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All definitions are in order, and are what their comments and the table say. */
class LibraryTest {
  private static final int NUMBER_MIN = 30;
  private static final Pattern PARAMETER = Pattern.compile("\\$\\{setting:([^}:]+):-([^}]*)}");
  private static final Pattern ROW =
      Pattern.compile("\\| \\[`([^`]+)`]\\(([^)]+)\\) \\| (.+) \\| (.+) \\| (.+) \\| (.+) \\|");
  private static final Pattern PRIVILEGED =
      Pattern.compile("(capabilities|chroot|limit|nice|io|cpu|cgroup)(\\..+)?");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "env");

  @TempDir private Path temp;

  @BeforeEach
  void letOthersPass() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static List<String> names() {
    return Library.names();
  }

  @Test
  void library_isInOrder_withItsDefaults() throws IOException {
    for (String name : names()) {
      Library.copy(name, temp);
    }
    ScanResult found = read(Map.of());
    assertThat(found.problems()).isEmpty();
    assertThat(found.notes()).isEmpty();
    assertThat(found.definitions()).hasSizeGreaterThanOrEqualTo(NUMBER_MIN);
    assertThat(found.specs().stream().map(spec -> spec.id().name().replaceAll("@.*", "@")))
        .containsOnlyOnceElementsOf(names().stream().filter(name -> !name.endsWith("@")).toList())
        .containsAll(names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void settings_areThoseOfTheComment_withItsDefaults(String name) {
    Map<String, String> used = new TreeMap<>();
    for (String line : text(name)) {
      Matcher parameter = PARAMETER.matcher(line);
      while (parameter.find()) {
        String byDefault = parameter.group(2);
        assertThat(used.getOrDefault(parameter.group(1), byDefault))
            .as("the default of %s, in each place", parameter.group(1))
            .isEqualTo(byDefault);
        used.put(parameter.group(1), byDefault);
      }
    }
    assertThat(used).isNotEmpty().isEqualTo(Head.of(name).settings());
    assertThat(used.keySet()).allMatch(key -> key.startsWith(name.replace("@", "") + "."));
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachSetting_changesWhatIsRun(String name) throws IOException {
    Library.copy(name, temp);
    List<ProcessSpec> byDefault = read(Map.of()).specs();
    for (Map.Entry<String, String> setting : Head.of(name).settings().entrySet()) {
      String other = setting.getValue().matches("[0-9]+") ? "4711" : "other";
      String value = setting.getKey().endsWith(".instances") ? "4" : other;
      ScanResult changed = read(Map.of(setting.getKey(), value));
      assertThat(changed.problems()).as(setting.getKey()).isEmpty();
      assertThat(changed.specs()).as(setting.getKey()).isNotEqualTo(byDefault);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachDefinition_saysAllThatMatters(String name) throws IOException {
    Set<String> keys = keys(name);
    assertThat(keys)
        .contains("command", "directory", "ready", "restart", "restart.backoff", "host-death")
        .contains("log.size", "log.files");
    assertThat(keys.contains("stop.step") || keys.containsAll(Set.of("stop.signal", "stop.grace")))
        .as("says how it is stopped")
        .isTrue();
    Library.copy(name, temp);
    for (ProcessSpec spec : read(Map.of()).specs()) {
      Path program = Path.of(spec.command().program());
      assertThat(SHELLS).doesNotContain(program.getFileName().toString());
    }
  }

  /** Users and owners can be switched off, nothing else can. */
  @ParameterizedTest
  @MethodSource("names")
  void noDefinition_asksForAnotherPrivilegeThanUsers(String name) {
    assertThat(keys(name)).noneMatch(key -> PRIVILEGED.matcher(key).matches());
    assertThat(text(name))
        .filteredOn(line -> line.startsWith("run-directory = ") || line.startsWith("fifo = "))
        .allMatch(line -> line.contains("${setting:"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void table_saysWhatTheFileSays(String name) throws IOException {
    Matcher row = rows().get(name);
    assertThat(row).as("a row for " + name).isNotNull();
    Head head = Head.of(name);
    assertThat(row.group(2)).isEqualTo("library/" + name + ".properties");
    assertThat(row.group(3)).isEqualTo(head.what());
    assertThat(row.group(4)).isEqualTo(head.since());
    assertThat(Stream.of(row.group(5).split(", ", -1)))
        .containsExactlyInAnyOrderElementsOf(
            head.settings().keySet().stream().map(each -> "`" + each + "`").toList());
    String ready =
        text(name).stream().filter(line -> line.startsWith("ready = ")).findFirst().orElseThrow();
    assertThat(row.group(6)).startsWith("`" + ready.replace("ready = ", "") + "`: ");
  }

  @Test
  void table_hasNoOthers_inOrder() throws IOException {
    assertThat(rows().keySet()).containsExactlyElementsOf(names());
    List<String> inOrder =
        readme().lines().map(ROW::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList();
    assertThat(inOrder).isEqualTo(names());
    assertThat(Files.readString(Path.of("../../README.md")))
        .contains(names().size() + " ready-made definitions");
  }

  @Test
  void two_ofOneDefinition_haveSettingsOfTheirOwn() throws IOException {
    Path library = Files.createDirectory(temp.resolve(".shelf"));
    Library.copy("redis", library);
    for (String port : List.of("7001", "7002")) {
      Files.writeString(
          temp.resolve("cache-" + port + ".properties"),
          "include = .shelf/redis.properties\nsettings.redis.port = " + port + "\nnice = 5\n");
    }
    ScanResult found = read(Map.of("redis.address", "127.0.0.2"));
    assertThat(found.problems()).isEmpty();
    assertThat(found.notes()).isEmpty();
    assertThat(found.specs()).hasSize(2);
    assertThat(found.specs().get(0).command().argv()).contains("7001", "127.0.0.2");
    assertThat(found.specs().get(1).command().argv()).contains("7002", "127.0.0.2");
  }

  private ScanResult read(Map<String, String> settings) throws IOException {
    return ScanDirectory.of(
            temp,
            DefinitionSettings.of(temp.resolve(".log"))
                .withParameters(ParameterSources.none().withSettings(settings)))
        .read();
  }

  private static List<String> text(String name) {
    return Library.lines(name).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static Set<String> keys(String name) {
    return text(name).stream().map(line -> line.split(" =", 2)[0]).collect(Collectors.toSet());
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static Map<String, Matcher> rows() throws IOException {
    return readme()
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> row,
                (one, other) -> {
                  throw new AssertionError("two rows for " + one.group(1));
                },
                TreeMap::new));
  }
}
