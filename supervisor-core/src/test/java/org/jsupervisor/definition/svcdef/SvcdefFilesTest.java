package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.FormatTable;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.directory.KnownFile;
import org.jsupervisor.definition.directory.S6Values;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each file and variable becomes what the table says, and the document has the same table. */
class SvcdefFilesTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "notification-fd", "3",
          "down-signal", "HUP",
          "timeout-kill", "1000",
          "timeout-finish", "1000");

  @TempDir Path root;

  static Stream<KnownFile<String>> files() {
    return SvcdefFiles.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void file_isTreatedAsTheTableSays(KnownFile<String> file) {
    SvcdefTree tree = new SvcdefTree(root);
    tree.definition("web");
    if (file.text().equals(S6Values.TIMEOUT_FINISH)) {
      tree.disk.file(".env/FRAMEWORK", "s6\n");
      make(tree, "finish");
    }
    ProcessSpec without = tree.spec("web");
    make(tree, file.text());
    Definition read = tree.read("web");
    List<String> told = tree.disk.told(read);
    String place = "web/" + file.text().replace("/", "");
    switch (file.treatment(SvcdefFiles.KIND)) {
      case HONOURED -> {
        boolean isThereAnyway = file.text().matches("env|run|data/|version/|versions/");
        assertThat(isThereAnyway || !tree.spec(read).equals(without)).isTrue();
      }
      case PASSED_OVER -> assertThat(told).isEmpty();
      case REPORTED -> assertThat(told).hasSize(1).allMatch(line -> line.startsWith(place));
      case REFUSED -> assertThat(read).isInstanceOf(Definition.Refused.class);
    }
  }

  private void make(SvcdefTree tree, String text) {
    if (text.equals("needs/")) {
      tree.definition("other");
      tree.link("web/needs/other", "../../other");
    } else if (text.equals("log/")) {
      tree.disk.program("web/log/run", SvcdefTree.SCRIPT);
    } else if (text.matches("check|finish|rc\\..*")) {
      tree.disk.program("web/" + text, SvcdefTree.SCRIPT);
    } else if (text.endsWith("/")) {
      tree.disk.directory("web/" + text);
    } else if (Files.notExists(root.resolve("web").resolve(text))) {
      tree.disk.file("web/" + text, VALUES.getOrDefault(text, ""));
    }
  }

  @Test
  void fileWithAnotherName_isTold() {
    SvcdefTree tree = new SvcdefTree(root);
    tree.definition("web");
    tree.disk.file("web/README", "");
    assertThat(tree.notes("web"))
        .containsExactly("web/README: is not known in this format, and not read");
  }

  @ParameterizedTest
  @EnumSource(SvcdefVariable.class)
  void variable_reachesTheDaemon_andChangesWhatItMeans(SvcdefVariable variable) {
    SvcdefTree tree = new SvcdefTree(root);
    tree.definition("web");
    if (variable.name().matches("GETTY.*|TTY|SECONDARYOPTS")) {
      tree.set("web", "DAEMON", "");
      tree.set("web", "GETTY", "/bin/true\n");
    }
    tree.set("web", "STATEDIR", "/run/web\n");
    tree.link("web/finish", "../.finish/finish");
    ProcessSpec before = tree.spec("web");
    tree.set("web", variable.name(), value(variable));
    ProcessSpec after = tree.spec("web");
    assertThat(after.environment().variables()).containsKey(variable.name());
    boolean isSame = after.toBuilder().withEnvironment(before.environment()).build().equals(before);
    boolean isMeant = !isSame || variable == SvcdefVariable.PATH;
    assertThat(isMeant).isEqualTo(variable.treatment() == Treatment.HONOURED);
  }

  private static String value(SvcdefVariable variable) {
    if (variable == SvcdefVariable.FRAMEWORK) {
      return "s6";
    }
    return variable.name().startsWith("T_") ? "adm" : "/bin/cat";
  }

  @Test
  void document_hasTheSameTable() {
    List<KnownFile<String>> rows = new ArrayList<>(SvcdefFiles.ALL);
    rows.addAll(SvcdefVariable.rows());
    FormatTable.check("svcdef.md", rows, List.of(SvcdefFiles.KIND));
  }
}
