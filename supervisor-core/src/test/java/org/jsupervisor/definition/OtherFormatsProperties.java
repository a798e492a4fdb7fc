package org.jsupervisor.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jsupervisor.definition.going.GoingReader;
import org.jsupervisor.definition.going.GoingRules;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.jsupervisor.definition.systemd.SystemdReader;

/**
 * Reading a file of another program is total: any content gives specs or problems, and never an
 * exception. The keys are those of the documents.
 */
class OtherFormatsProperties {
  /** A reader, and a name that it reads. */
  private enum Format {
    PROCFILE("Procfile"),
    GOING("web"),
    GOING_EXTENDED("web"),
    SUPERVISORD("main.conf"),
    SYSTEMD("web.service");

    private final String file;

    Format(String file) {
      this.file = file;
    }

    DefinitionReader reader() {
      return switch (this) {
        case PROCFILE -> new ProcfileReader().withPorts(ProcfileReader.FOREMAN_PORT);
        case GOING -> new GoingReader(GoingRules.STRICT);
        case GOING_EXTENDED -> new GoingReader(GoingRules.EXTENDED);
        case SUPERVISORD -> new SupervisordReader();
        case SYSTEMD -> new SystemdReader();
      };
    }
  }

  private static Path root;

  @BeforeContainer
  static void makeRoot() throws IOException {
    root = Files.createTempDirectory("formats");
  }

  @AfterContainer
  static void deleteRoot() throws IOException {
    for (Format each : Format.values()) {
      Files.deleteIfExists(root.resolve(each.file));
    }
    Files.delete(root);
  }

  @Property(tries = 300)
  void anyBytes_giveAnOutcome(@ForAll Format format, @ForAll byte[] content) throws IOException {
    FormatFixture disk = new FormatFixture(root, format.reader());
    Files.write(disk.file(format.file, ""), content);
    assertThat(disk.read(format.file)).isNotNull();
  }

  @Property(tries = 2000)
  void anyLines_giveAnOutcome(@ForAll Format format, @ForAll("lines") List<String> lines) {
    FormatFixture disk = new FormatFixture(root, format.reader());
    disk.file(format.file, start(format) + String.join("\n", lines) + "\n");
    for (Definition each : disk.read(format.file)) {
      assertThat(each instanceof Definition.Defined).isEqualTo(each.problems().isEmpty());
    }
  }

  private static String start(Format format) {
    return switch (format) {
      case PROCFILE, GOING, GOING_EXTENDED -> "";
      case SUPERVISORD -> "[program:web]\ncommand=x\n";
      case SYSTEMD -> "[Service]\nExecStart=x\n";
    };
  }

  @Provide
  Arbitrary<List<String>> lines() {
    List<String> names =
        Stream.of("procfile", "going", "supervisord", "systemd")
            .flatMap(page -> FormatFixture.rows(page).stream())
            .flatMap(row -> Stream.of(row.get(0).split("` `", -1)))
            .collect(Collectors.toList());
    Arbitrary<String> line =
        Combinators.combine(Arbitraries.of(names), Arbitraries.of("=", ": ", " = ", ""), values())
            .as((name, equals, value) -> name + equals + value);
    Arbitrary<String> section =
        Arbitraries.of("[Unit]", "[Service]", "[include]", "[group:a]", "[program:a]", "[", " x");
    return Arbitraries.frequencyOf(Tuple.of(9, line), Tuple.of(1, section)).list().ofMaxSize(8);
  }

  private static Arbitrary<String> values() {
    String all =
        "|0|1|-1|x|%|%%|%i|%(x)s|%(process_num)02d|$A|${A|'|\"|\\|a b|/abs|yes|no|1:2|infinity"
            + "|1min|~|-/x|\u00e9|a=b|A=\"b\"|99999999999999999999|[|]|;|@|+|!x|1-3|3-1|*|[z-a]"
            + "|x.service|oneshot|notify|always|on-failure|TERM|file:/x|append:/x|append:x"
            + "|truncate:|NONE|AUTO|5KB|0777|fifo|idle|a:b|..|\\x|\\x41|64";
    return Arbitraries.of(List.of(all.split("\\|", -1)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(values -> String.join(" ", values));
  }
}
