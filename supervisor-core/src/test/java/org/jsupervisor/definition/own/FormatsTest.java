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

/** The same keys in every syntax: values are what was written, or refused. */
class FormatsTest {
  static final String PROPERTIES =
      """
      command = /bin/x
      argument = --port
      argument = 010
      argument = a "b" ; c # d, ${e}
      env.MODE = yes
      env.EMPTY =
      log = off
      stop.signal = INT
      stop.grace = 30s
      restart.limit = 7
      """;

  static final String INI = PROPERTIES.replace("log =", "; a comment\nlog =");

  static final String YAML =
      """
      command: /bin/x
      argument: [--port, 010, 'a "b" ; c # d, ${e}']
      env:
        MODE: yes
        EMPTY: ""
      log: off
      stop: {signal: INT, grace: 30s}
      restart.limit: 7
      """;

  static final String JSON =
      """
      {"command": "/bin/x", "argument": ["--port", "010", "a \\"b\\" ; c # d, ${e}"],
       "env": {"MODE": "yes", "EMPTY": ""}, "log": "off",
       "stop": {"signal": "INT"}, "stop.grace": "30s", "restart.limit": 7}
      """;

  static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <service>
        <!-- a comment -->
        <command>/bin/x</command>
        <argument>--port</argument><argument>010</argument>
        <argument><![CDATA[a "b" ; c # d, ${e}]]></argument>
        <env><MODE>yes</MODE><EMPTY/></env>
        <log>off</log>
        <stop><signal>INT</signal><grace> 30s </grace></stop>
        <restart.limit>7</restart.limit>
      </service>
      """;

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  static Stream<List<String>> all() {
    return Stream.of(
        List.of("web.ini", INI),
        List.of("web.yaml", YAML),
        List.of("web.yml", YAML),
        List.of("web.json", JSON),
        List.of("web.xml", XML));
  }

  @ParameterizedTest
  @MethodSource("all")
  void sameService_inEverySyntax_isTheSameSpec(List<String> file) {
    ProcessSpec expected = disk.spec(disk.file("web.properties", PROPERTIES));
    assertThat(expected.command().argv()).contains("010", "a \"b\" ; c # d, ${e}");
    assertThat(disk.spec(disk.file(file.get(0), file.get(1)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web.ini | command=x\\nstop.grace=soon\\n | web.ini:2: stop.grace",
        "web.yaml | command: x\\nstop:\\n  grace: soon\\n | web.yaml:3: stop.grace",
        "web.json | {\"command\": \"x\",\\n\"stop\":\\n{\"grace\": \"soon\"}} | web.json:3: stop.grace",
        "web.xml | <service><command>x</command>\\n<stop>\\n<grace>soon</grace></stop></service> |"
            + " web.xml:3: stop.grace",
      })
  void badValue_isToldWithLineAndPathOfTheKey(String name, String content, String place) {
    assertThat(disk.told(disk.file(name, content.replace("\\n", "\n"))))
        .singleElement()
        .asString()
        .startsWith(place + ": must be a whole number with a unit")
        .endsWith("was 'soon'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yes | yes",
        "on | on",
        "010 | 010",
        "1.10 | 1.10",
        "0x1F | 0x1F",
        "1_000 | 1_000",
        "12:30:45 | 12:30:45",
        "2001-12-14 | 2001-12-14",
        ".inf | .inf",
        "'null' | null",
        "'' | ''",
      })
  void yamlScalar_isWhatWasWritten(String written, String expected) {
    String shown = written.equals("") || written.equals("null") ? "'" + written + "'" : written;
    Path file = disk.file("web.yaml", "command: x\nargument: " + shown + "\n");
    assertThat(disk.spec(file).command().argv().get(1)).isEqualTo(expected);
  }

  @Test
  void jsonNumbersAndTruths_areWhatWasWritten() {
    Path file = disk.file("web.json", "{\"command\": \"x\", \"argument\": [1.10, 1e3, true, -0]}");
    assertThat(disk.spec(file).command().argv()).containsExactly("x", "1.10", "1e3", "true", "-0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: x\\nargument: &a y\\n | :2: must have no anchor and no alias (& and *)",
        "command: *a\\n | :1: must have no anchor and no alias (& and *)",
        "a: &a\\n  b: *a\\n | :1: must have no anchor and no alias (& and *)",
        "command: !!javax.script.ScriptEngineManager [x]\\n | :1: must have no tag (!)",
        "command: !!str x\\n | :1: must have no tag (!)",
        "command:\\n | :1: must have a value: an empty text is written \"\", the word null in"
            + " quotes",
        "command: ~\\n | :1: must have a value: an empty text is written \"\", the word null in"
            + " quotes",
        "command: x\\ncommand: y\\n | :2: must not have a key twice in one map",
        "argument: []\\n | :1: a list must not be empty: leave the key out",
        "argument: [[x]]\\n | :1: a list must have texts only",
        "argument: [{a: b}]\\n | :1: a list must have texts only",
        "{a: {a: {a: {a: {a: {a: {a: {a: {a: b}}}}}}}}}\\n | :1: must be a key that is a text, and"
            + " not be so deep",
        "- x\\n | :1: must be a map of keys and values",
        "x\\n | :1: must be a map of keys and values",
        "command: x\\n---\\ncommand: y\\n | :2: must be one document only",
        "command: x | :1: must end with a newline: it may be half written",
        "command: 'x\\n | :2: must be YAML: found unexpected end of stream",
        "? [x]\\n: y\\n | :1: must be a key that is a text, and not be so deep",
      })
  void yamlThatIsNotTaken_isUnreadable_withItsLine(String content, String expected) {
    assertUnreadable("web.yaml", content, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | :1: must be an object",
        "'' | :0: must be an object",
        "{\"command\": null} | :1: must be a text, a number, true or false",
        "{\"argument\": []} | :1: a list must not be empty: leave the key out",
        "{\"argument\": [[1]]} | :1: must be a text, a number, true or false",
        "{\"log\": \"on\",\\n\"log\": \"on\"} | :2: must be JSON: Duplicate field ...",
        "{} {} | :1: must be one object only",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}} | :1: must not be so"
            + " deep",
      })
  void jsonThatIsNotTaken_isUnreadable_withItsLine(String content, String expected) {
    assertUnreadable("web.json", content, expected.replace(":0:", ":1:"));
  }

  @Test
  void syntaxErrors_showNothingOfTheFile() {
    String said = disk.outcomes(disk.file("web.json", "{\"command\": secret}")).toString();
    assertThat(said).contains("unreadable", "must be JSON").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<x/> | : must have the root element <service> or <services>",
        "<service a=\"b\"/> | :1: must have no attribute but the name of a <service>",
        "<service name=\"b\"/> | :1: must not have a name: that is for <service> in <services>",
        "<services><service/></services> | :1: must have a name, as in <service name=\"web\">",
        "<service>x<command>y</command></service> | :1: must not have text beside elements",
        "<service>\\n<command>y</command>x</service> | :2: must not have text beside elements",
        "<service><?php x?></service> | :1: must not have processing instructions",
        "<a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a> | :1: must not be so"
            + " deep",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><service/> | :1: must be in UTF-8, and say"
            + " so or nothing",
      })
  void xmlThatIsNotTaken_isUnreadable_withItsLine(String content, String expected) {
    assertUnreadable("web.xml", content, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>",
      })
  void documentType_andSoEveryEntity_isRefused(String type) {
    Path file = disk.file("web.xml", type + "\n<service><command>&e;</command></service>\n");
    assertThat(disk.outcomes(file))
        .singleElement()
        .asString()
        .startsWith("web.xml unreadable web.xml:1: must be XML: DOCTYPE is disallowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[web]\\ncommand=x\\n | :1: must be [service NAME], [defaults] or [settings]",
        "[settings]\\n[settings]\\n | :2: must stand only once, is already in line 1",
        "[service web]\\ncommand=x | :2: must end with a newline: it may be half written",
        "[service web]\\ncommand=x\\\\\\n[service b]\\n | :2: must be continued: it ends with a"
            + " backslash",
      })
  void iniThatIsNotTaken_isUnreadable_withItsLine(String content, String expected) {
    assertUnreadable("web.ini", content.replace("\\\\", "\\"), expected);
  }

  private void assertUnreadable(String name, String content, String expected) {
    String text = content.replace("\\n", "\n");
    assertThat(disk.outcomes(disk.file(name, text)))
        .containsExactly(name + " unreadable " + name + expected);
  }

  @ParameterizedTest
  @MethodSource("all")
  void truncationAtEveryByte_isNeverThrown_andNeverAnotherSpecUntold(List<String> file) {
    String name = file.get(0);
    String whole = file.get(1);
    boolean tellsItsEnd = name.endsWith(".json") || name.endsWith(".xml");
    ProcessSpec expected = disk.spec(disk.file(name, whole));
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      for (Definition each : disk.readAll(disk.file(name, cut))) {
        boolean atALineEnd = cut.isEmpty() || cut.endsWith("\n");
        if (each instanceof Definition.Defined defined && (tellsItsEnd || !atALineEnd)) {
          assertThat(defined.spec()).as(cut).isEqualTo(expected);
        }
      }
    }
  }
}
