package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reading a service file is total: any content gives a spec or problems, and never an exception.
 */
class ServiceFileProperties {
  private static Path root;

  @BeforeContainer
  static void makeRoot() throws IOException {
    root = Files.createTempDirectory("definitions");
  }

  @AfterContainer
  static void deleteRoot() throws IOException {
    for (String suffix : List.of(".properties", ".ini", ".yaml", ".json", ".xml")) {
      Files.deleteIfExists(root.resolve("web" + suffix));
    }
    Files.delete(root);
  }

  @Property(tries = 500)
  void anyBytes_giveAnOutcome(@ForAll byte[] content, @ForAll("suffixes") String suffix)
      throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    Path file = disk.file("web" + suffix, "");
    Files.write(file, content);
    assertThat(disk.readAll(file)).isNotNull();
  }

  /** A file with some characters replaced is nearer to what a parser expects. */
  @Property(tries = 500)
  void anyGarbledFile_givesAnOutcome(
      @ForAll("suffixes") String suffix,
      @ForAll @IntRange(max = 400) int at,
      @ForAll("pieces") String piece)
      throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    String whole =
        switch (suffix) {
          case ".ini" -> FormatsTest.INI;
          case ".yaml" -> FormatsTest.YAML;
          case ".json" -> FormatsTest.JSON;
          case ".xml" -> FormatsTest.XML;
          default -> FormatsTest.PROPERTIES;
        };
    int from = Math.min(at, whole.length());
    int to = Math.min(from + piece.length() / 2, whole.length());
    String garbled = whole.substring(0, from) + piece + whole.substring(to);
    Path file = disk.file("web" + suffix, "");
    Files.write(file, garbled.getBytes(StandardCharsets.UTF_8));
    assertThat(disk.readAll(file)).isNotNull();
  }

  @Provide
  Arbitrary<String> suffixes() {
    return Arbitraries.of(".properties", ".ini", ".yaml", ".json", ".xml");
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "[",
            "]",
            "{",
            "}",
            "<",
            "</",
            "<!",
            "<?",
            "&",
            "*",
            "!",
            ":",
            "- ",
            "\n",
            "\"",
            "'",
            "|",
            ">",
            "%",
            "---\n",
            "services: ",
            "services.",
            "include: a\n",
            "\u0000",
            "\ud800",
            "@"),
        Arbitraries.strings().ofMaxLength(5));
  }

  @Property(tries = 500)
  void anyLines_giveAnOutcome(@ForAll("lines") List<String> lines) {
    DefinitionFixture disk = new DefinitionFixture(root);
    Path file = disk.file("web.properties", String.join("\n", lines) + "\n");
    assertThat(disk.read(file)).isNotNull();
  }

  @Property(tries = 300)
  void anyArgument_comesOutAsItWentIn(@ForAll("arguments") List<String> arguments) {
    DefinitionFixture disk = new DefinitionFixture(root);
    String lines =
        arguments.stream()
            .map(argument -> "argument=" + escaped(argument) + "\n")
            .collect(Collectors.joining());
    ProcessSpec spec = disk.spec(disk.file("web.properties", "command=x\n" + lines));
    assertThat(spec.command().argv().subList(1, arguments.size() + 1)).isEqualTo(arguments);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> keys =
        Arbitraries.of(ServiceKey.values()).map(ServiceKey::text).map(key -> key + "=");
    Arbitrary<String> values =
        Arbitraries.of(
            "",
            "0",
            "-1",
            "1s",
            "10M",
            "on",
            "up",
            "${x}",
            "\\",
            "\\u00",
            "notify",
            "99999999999h",
            "\0",
            "4096K",
            "999999999",
            "escalate",
            "fixed",
            "linear",
            "steps",
            "bucket",
            "decay",
            "0-3, TERM, lost",
            "temporary",
            "/",
            "../..",
            "SIGKILL");
    return Arbitraries.oneOf(
            keys.flatMap(key -> values.map(value -> key + value)), Arbitraries.strings())
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> arguments() {
    return Arbitraries.strings()
        .ofMaxLength(30)
        .filter(text -> text.indexOf('\0') < 0)
        .list()
        .ofMaxSize(5);
  }

  private static String escaped(String text) {
    return text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining());
  }
}
