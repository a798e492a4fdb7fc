package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One file for many services, with defaults, includes and templates. */
class ManyServicesTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  static Stream<List<String>> many() {
    return Stream.of(
        List.of(
            "all.ini",
            """
            [defaults]
            restart = permanent
            argument = -v
            [service a.b]
            command = x
            [service c]
            command = y
            argument = -q
            """),
        List.of(
            "all.yaml",
            """
            defaults: {restart: permanent, argument: -v}
            services:
              a.b: {command: x}
              c: {command: y, argument: -q}
            """),
        List.of(
            "all.json",
            """
            {"defaults": {"restart": "permanent", "argument": "-v"},
             "services": {"a.b": {"command": "x"}, "c": {"command": "y", "argument": "-q"}}}
            """),
        List.of(
            "all.xml",
            """
            <services>
              <defaults><restart>permanent</restart><argument>-v</argument></defaults>
              <service name="a.b"><command>x</command></service>
              <service name="c"><command>y</command><argument>-q</argument></service>
            </services>
            """));
  }

  @ParameterizedTest
  @MethodSource("many")
  void manyServices_eachOverTheDefaults_areTheSameInEverySyntax(List<String> file) {
    assertThat(specs(disk.file(file.get(0), file.get(1))))
        .containsExactly(
            disk.spec(disk.file("a.b.properties", "command=x\nargument=-v\nrestart=permanent\n")),
            disk.spec(disk.file("c.properties", "command=y\nargument=-q\nrestart=permanent\n")));
  }

  private List<ProcessSpec> specs(Path file) {
    return disk.readAll(file).stream().map(each -> ((Definition.Defined) each).spec()).toList();
  }

  @Test
  void badService_isRefusedAlone() {
    Path file =
        disk.file(
            "all.yaml",
            "services:\n  a: {command: x}\n  b:\n    stop.grace: soon\n  'c d': {command: x}\n");
    assertThat(disk.outcomes(file))
        .containsExactly(
            "a defined",
            "b refused all.yaml:3: services.b.command: must name a program;"
                + " all.yaml:4: services.b.stop.grace: must be a whole number with a unit: ms,"
                + " s, m or h, as in 10s, was 'soon'",
            "c d refused all.yaml: a name must be 1 to 100 of A-Z a-z 0-9 . _ @ -, was 'c d'");
  }

  @Test
  void nameThatIsNoPathEither_isRefusedAlone() {
    Path file = disk.file("all.ini", "[service a\0b]\ncommand = x\n[service c]\ncommand = x\n");
    assertThat(disk.readAll(file))
        .satisfiesExactly(
            bad -> assertThat(bad).isInstanceOf(Definition.Refused.class),
            good -> assertThat(good).isInstanceOf(Definition.Defined.class));
  }

  @Test
  void badDefault_isToldByEachService_atItsOwnPlace() {
    Path file = disk.file("all.ini", "[defaults]\nlog = maybe\n[service a]\ncommand = x\n");
    assertThat(disk.outcomes(file))
        .containsExactly("a refused all.ini:2: defaults.log: must be one of off, on, was 'maybe'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{servces: {}, services: {}} | :1: servces: a map must not be empty: leave the key out",
        "{command: x, services: {}} | :1: command: is not a key of a file with services",
        "{services: x} | :1: services: must be a map of services",
        "{services: {a: x}} | :1: services.a: must be a map of keys",
        "{defaults: x, services: {}} | :1: defaults: must be a map of keys of services",
        "{settings: x, services: {}} | :1: settings: must be a map of names and values",
        "{parameters: yes, services: {}} | :1: parameters: must be on or off",
      })
  void fileWhoseServicesAreNotKnown_isUnreadable(String content, String expected) {
    assertThat(disk.outcomes(disk.file("all.yaml", content + "\n")))
        .containsExactly("all.yaml unreadable all.yaml" + expected);
  }

  @Test
  void noServices_areNone() {
    assertThat(disk.readAll(disk.file("all.yaml", "services: {}\n"))).isEmpty();
  }

  @Test
  void sameNameTwice_refusesBoth() {
    Path file =
        disk.file("all.ini", "[service a]\ncommand=x\n[service b]\ncommand=x\n[service a]\n");
    assertThat(disk.outcomes(file))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("a refused all.ini:1: must be defined only once"),
            second -> assertThat(second).isEqualTo("b defined"),
            third ->
                assertThat(third).startsWith("a refused all.ini:5: must be defined only once"));
  }

  @Test
  void include_isLaidBelow_laterOverEarlier() {
    disk.file(".one.ini", "restart = permanent\nstop.grace = 1s\nlog = off\n");
    disk.file("below/two.yaml", "stop.grace: 2s\ninclude: ../.three.json\n");
    disk.file(".three.json", "{\"stop\": {\"grace\": \"3s\", \"kill-wait\": \"3s\"}}");
    Path file =
        disk.file(
            "web.properties",
            "include = .one.ini\ninclude = below/two.yaml\ncommand = x\nlog = on\n");
    assertThat(disk.spec(file))
        .isEqualTo(
            disk.spec(
                disk.file(
                    "web.yaml",
                    "{command: x, restart: permanent, stop: {grace: 2s, kill-wait: 3s}}\n")));
  }

  @Test
  void servicesOfAnInclude_areServicesOfTheFile_withItsDefaults() {
    disk.file(".one.yaml", "{defaults: {log: off, stop.grace: 1s}, services: {a: {command: x}}}\n");
    Path file = disk.file("all.yaml", "include: .one.yaml\ndefaults: {stop.grace: 2s}\n");
    assertThat(specs(file))
        .containsExactly(
            disk.spec(disk.file("a.yaml", "{command: x, log: off, stop.grace: 2s}\n")));
    Path one = disk.file("web.properties", "include = .one.yaml\ncommand = x\n");
    assertThat(disk.outcomes(one))
        .singleElement()
        .asString()
        .contains("web refused .one.yaml:1: must not be included: the file is for one service");
  }

  @Test
  void circle_isToldWithItsWay() {
    disk.file(".b.yaml", "include: .c.yaml\n");
    disk.file(".c.yaml", "include: a.yaml\n");
    Path file = disk.file("a.yaml", "include: .b.yaml\ncommand: x\n");
    assertThat(disk.outcomes(file).toString().replace(root + "/", ""))
        .contains("must not include itself: a.yaml -> .b.yaml -> .c.yaml -> a.yaml");
  }

  @Test
  void includes_areBoundedInDepthAndNumber() {
    for (int n = 0; n < 10; n++) {
      disk.file(".d" + n + ".ini", "include = .d" + (n + 1) + ".ini\n");
    }
    assertThat(disk.outcomes(disk.file("a.ini", "include = .d0.ini\ncommand=x\n")).toString())
        .contains("must not be deeper than 8 files");
    disk.file(".e.ini", "log = off\n");
    assertThat(
            disk.outcomes(disk.file("b.ini", "include = .e.ini\n".repeat(65) + "command=x\n"))
                .toString())
        .contains("b.ini:65: include: must not include more than 64 files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".no.ini | .no.ini: is missing",
        "/etc/hostname | /etc/hostname: must end with .properties",
        "http://127.0.0.1:9/x.ini | 9/x.ini: is missing",
        "'' | include: must be the path of a file",
        ".open.ini | .open.ini: must not be writable by group or others",
        ".bad.ini | .bad.ini:1: must be [service NAME]",
      })
  void faultyInclude_isTold_andNothingIsDefined(String include, String expected) {
    DefinitionFixture.mode(disk.file(".open.ini", "log = off\n"), "rw-rw-rw-");
    disk.file(".bad.ini", "[x]\n");
    List<String> outcomes = disk.outcomes(disk.file("a.ini", "include = " + include + "\n"));
    assertThat(outcomes).singleElement().asString().startsWith("a.ini unreadable a.ini:1: include");
    assertThat(outcomes.toString()).contains(expected);
  }

  @Test
  void template_isAsManyServices() {
    Path file =
        disk.file(
            "worker@.properties",
            """
            parameters = on
            settings.base = 8000
            instances = 1-2, 7
            command = x
            argument = ${instance} ${instance:index} ${instance:plus:8000} ${setting:base}
            """);
    assertThat(specs(file))
        .map(each -> each.id().name())
        .containsExactly("worker@1", "worker@2", "worker@7");
    assertThat(specs(file))
        .map(each -> each.command().argv().get(1))
        .containsExactly("1 1 8001 8000", "2 2 8002 8000", "7 7 8007 8000");
  }

  @Test
  void namedInstances_haveTheirPosition() {
    Path file =
        disk.file(
            "all.yaml",
            """
            parameters: on
            services:
              w@:
                instances: [red, blue]
                command: x
                argument: '${instance:index}'
            """);
    assertThat(specs(file)).map(each -> each.id().name()).containsExactly("w@red", "w@blue");
    assertThat(specs(file)).map(each -> each.command().argv().get(1)).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4-1 | a range must grow, and numbers must not begin with 0: 1-4",
        "01 | a range must grow, and numbers must not begin with 0: 1-4",
        "1, 1 | must not name an instance twice",
        "1-3, 2 | must not name an instance twice",
        "1- | must be numbers, ranges or names with commas between: 1-4 or red, blue",
        "1-1001 | must be at most 1000",
        "a b | must be numbers, ranges or names with commas between: 1-4 or red, blue",
        "'' | must be numbers, ranges or names with commas between: 1-4 or red, blue",
      })
  void instancesThatCannotBeKnown_makeTheFileUnreadable(String text, String rule) {
    List<String> outcomes =
        disk.outcomes(disk.file("w@.properties", "command=x\ninstances = " + text + "\n"));
    assertThat(outcomes)
        .singleElement()
        .asString()
        .startsWith("w@.properties unreadable w@.properties:2: instances: " + rule);
  }

  @Test
  void instances_areForTemplatesOnly_andATemplateNeedsThem() {
    assertThat(disk.outcomes(disk.file("w.properties", "command=x\ninstances=1-2\n")))
        .containsExactly(
            "w refused w.properties:2: instances: is for a name that ends with @ only");
    assertThat(disk.outcomes(disk.file("w@.properties", "command=x\n")))
        .containsExactly("w@ defined");
  }

  @Test
  void badTemplate_isRefusedUnderEachName() {
    Path file = disk.file("w@.properties", "command=x\ninstances=1-2\nlog=maybe\n");
    assertThat(disk.outcomes(file))
        .containsExactly(
            "w@1 refused w@.properties:3: log: must be one of off, on, was 'maybe'",
            "w@2 refused w@.properties:3: log: must be one of off, on, was 'maybe'");
  }
}
