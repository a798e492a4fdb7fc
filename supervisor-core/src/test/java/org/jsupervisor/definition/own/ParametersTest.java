package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.ParameterSources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters come from a closed list of sources, once, and only where a file asks for them. */
class ParametersTest {
  private static final String SECRET = "hunter2-and-a-longer-secret";

  @TempDir Path root;
  private DefinitionFixture disk;
  private DefinitionSettings settings;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    ParameterSources sources =
        ParameterSources.none()
            .withEnvironment(
                Set.of("HOME", "UNSET", "TOKEN"),
                Map.of("HOME", "/home/x", "PATH", "/bin", "TOKEN", SECRET))
            .withSettings(Map.of("port", "9000", "nested", "${env:HOME}", "empty", ""));
    settings = disk.settings().withParameters(sources);
  }

  private String replaced(String value) {
    Path file =
        disk.file(
            "web.properties",
            "parameters=on\nsettings.port=1\nsettings.own=2\ncommand=x\nargument=" + value + "\n");
    Definition definition = disk.readAll(file, settings).get(0);
    assertThat(definition.problems()).isEmpty();
    return ((Definition.Defined) definition).spec().command().argv().get(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "${env:HOME}/run | /home/x/run",
        "${env:UNSET:-no} | no",
        "${env:UNSET:-} | \"\"",
        "${setting:port} | 9000",
        "${setting:own} | 2",
        "${setting:empty:-x} | \"\"",
        "${setting:no:-a:-b} | a:-b",
        "${setting:nested} | ${env:HOME}",
        "$${env:HOME} | ${env:HOME}",
        "$$${setting:own} | $${setting:own}",
        "$ $$ $x } {a} $$ | $ $$ $x } {a} $$",
        "a${setting:own}b${setting:own} | a2b2",
      })
  void parameter_isReplacedOnce(String value, String expected) {
    assertThat(replaced(value)).isEqualTo(expected);
  }

  @Test
  void factsOfTheHost_areThoseOfTheHost() {
    assertThat(replaced("${host:cpus} ${host:os} ${host:arch}"))
        .isEqualTo(
            Runtime.getRuntime().availableProcessors()
                + " "
                + System.getProperty("os.name").toLowerCase(Locale.ROOT)
                + " "
                + System.getProperty("os.arch"));
    assertThat(replaced("${host:name}")).isNotBlank().doesNotContain("$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${env:PATH} | must name a variable that the host allows definitions to see, was"
            + " '${env:PATH}'",
        "${env:PATH:-/bin} | must name a variable that the host allows definitions to see, was"
            + " '${env:PATH}'",
        "${env:UNSET} | is not set, and has no default, was '${env:UNSET}'",
        "${setting:no} | is not set, and has no default, was '${setting:no}'",
        "${instance} | is for services with instances only, was '${instance}'",
        "${file:UTF-8:/etc/hostname} | must be env:NAME",
        "${script:javascript:1} | must be env:NAME",
        "${dns:localhost} | must be env:NAME",
        "${url:UTF-8:http://127.0.0.1:9/} | must be env:NAME",
        "${sys:user.home} | must be env:NAME",
        "${host:ip} | must be env:NAME",
        "${} | must be env:NAME",
        "${HOME} | must be env:NAME",
        "${setting:${setting:own}} | parameters must not stand in each other",
        "${setting:own | a parameter must end with }",
      })
  void whatIsNotAParameter_isAProblemWithItsPlace(String value, String rule) {
    Path file = disk.file("web.properties", "parameters=on\ncommand=x\nargument=" + value + "\n");
    assertThat(disk.outcomes(disk.readAll(file, settings)))
        .singleElement()
        .asString()
        .startsWith("web refused web.properties:3: argument: " + rule);
  }

  @Test
  void fileThatDoesNotAsk_keepsItsValues_andHasANote() {
    Path file = disk.file("web.properties", "command=x\nargument=${env:HOME} ${HOME}\n");
    Definition.Defined web = (Definition.Defined) disk.readAll(file, settings).get(0);
    assertThat(web.spec().command().argv()).containsExactly("x", "${env:HOME} ${HOME}");
    assertThat(web.notes())
        .singleElement()
        .asString()
        .contains("web.properties:2: argument: is not");
  }

  @Test
  void eachFile_asksForItself() {
    disk.file(".part.ini", "env.A = ${setting:port}\n");
    Path file =
        disk.file(
            "web.properties",
            "parameters=on\ninclude=.part.ini\ncommand=x\nenv.B=${setting:port}\n");
    Definition.Defined web = (Definition.Defined) disk.readAll(file, settings).get(0);
    assertThat(web.spec().environment().variables())
        .containsEntry("A", "${setting:port}")
        .containsEntry("B", "9000");
  }

  @Test
  void settingsOfTheIncludingFile_goBeforeThoseOfTheInclude() {
    disk.file(".part.yaml", "settings: {a: far, b: far}\n");
    Path file =
        disk.file(
            "web.yaml",
            "{include: .part.yaml, parameters: on, settings: {a: near}, command: x,"
                + " argument: '${setting:a} ${setting:b}'}\n");
    Definition.Defined web = (Definition.Defined) disk.readAll(file, settings).get(0);
    assertThat(web.spec().command().argv()).containsExactly("x", "near far");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stop.grace=${env:TOKEN} | must be a whole number",
        "restart=${env:TOKEN} | must be one of",
        "user=${env:TOKEN}:x | must be the name",
        "ready=http\\nready.url=${env:TOKEN} x | ",
        "ready=log\\nready.pattern=(${env:TOKEN} | ",
        "stop.signal=${env:TOKEN} | must",
        "log.syslog=${env:TOKEN} | must be local",
        "needs=${env:TOKEN},, | must be words",
        "cpu.affinity=${env:TOKEN} | must be numbers",
        "environment.inherit==${env:TOKEN} | ",
        "limit.nofile=${env:TOKEN} | must be SOFT:HARD",
        "nice=${env:TOKEN} | must be -20",
        "argument-zero=${env:TOKEN}\\u0000 | must have",
        "log.directory=${env:TOKEN}\\u0000 | must be a path",
        "log.selection=${env:TOKEN} | must begin",
        "restart.clean=${env:TOKEN} | ",
        "instances=${env:TOKEN} | ",
      })
  void valueFromOutside_isInNoProblem(String lines, String rule) {
    Path file =
        disk.file(
            "web.properties", "parameters=on\ncommand=x\n" + lines.replace("\\n", "\n") + "\n");
    List<String> told = disk.outcomes(disk.readAll(file, settings));
    assertThat(told.toString())
        .startsWith("[web refused ")
        .contains(rule == null ? "" : rule)
        .doesNotContain("hunter2");
  }

  @Test
  void longSecret_isNotShownInPart() {
    String secret = "s3cret".repeat(100);
    ParameterSources sources = ParameterSources.none().withSettings(Map.of("a", secret));
    Path file = disk.file("web.properties", "parameters=on\ncommand=x\nuser=${setting:a}\n");
    assertThat(disk.outcomes(disk.readAll(file, settings.withParameters(sources))).toString())
        .contains("${setting:a}")
        .doesNotContain("s3cret");
    assertThat(sources.toString()).contains("a").doesNotContain("s3cret");
  }

  @Test
  void parametersInSettingsAndIncludes_areRefused() {
    Path file =
        disk.file(
            "web.properties",
            "parameters=on\ncommand=x\nsettings.a=${env:HOME}\ninclude=${env:HOME}.ini\n");
    assertThat(disk.outcomes(disk.readAll(file, settings)).toString())
        .contains("web.properties:3: settings.a: must not have parameters")
        .contains("web.properties:4: include: must not have parameters");
  }

  @Test
  void valueThatGrowsTooLong_isRefused() {
    ParameterSources sources =
        ParameterSources.none().withSettings(Map.of("a", "x".repeat(60_000)));
    Path file =
        disk.file(
            "web.properties", "parameters=on\ncommand=x\nargument=${setting:a}${setting:a}\n");
    assertThat(disk.outcomes(disk.readAll(file, settings.withParameters(sources))))
        .containsExactly(
            "web refused web.properties:3: argument: must have at most 65536 characters");
  }

  @Test
  void instancesMayHaveParameters() {
    Path file =
        disk.file(
            "w@.properties", "parameters=on\nsettings.n=2\ninstances=1-${setting:n}\ncommand=x\n");
    assertThat(disk.readAll(file, settings)).map(Definition::name).containsExactly("w@1", "w@2");
  }
}
