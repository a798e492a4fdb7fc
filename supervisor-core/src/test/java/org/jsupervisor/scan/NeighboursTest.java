package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever definitions are to each other: of those that are left a tree can be made. */
class NeighboursTest {
  private static final String SERVICE = "command=sleep\n";

  @TempDir Path root;
  private DefinitionFixture disk;
  private final Map<String, ProcessSpec> own = new HashMap<>();

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  /** The names of those of which the tree is made. */
  private static List<String> tree(ScanResult found) {
    SupervisorSpec.Builder tree = SupervisorSpec.builder("tree");
    found.specs().forEach(tree::addChild);
    return tree.build().children().stream().map(child -> child.id().path()).toList();
  }

  private ScanResult scan() throws ScanFailedException {
    return ScanDirectory.of(root, disk.settings()).read();
  }

  private List<String> told(ScanResult found) {
    return found.problems().stream().map(each -> each.toString().replace(root + "/", "")).toList();
  }

  @Test
  void sameSpillFile_refusesBoth_andNooneElse() throws IOException {
    String spill = SERVICE + "log.back-pressure=spill\nlog.back-pressure.file=/var/spool/x\n";
    disk.file("a.properties", spill);
    disk.file("b.properties", spill.replace("spool/x", "spool/y/../x"));
    disk.file("c.properties", SERVICE);
    ScanResult found = scan();
    assertThat(tree(found)).containsExactly("c");
    assertThat(told(found))
        .containsExactly(
            "a.properties: a place of output must belong to one service only, is named by a, b,"
                + " was '/var/spool/x'",
            "b.properties: a place of output must belong to one service only, is named by a, b,"
                + " was '/var/spool/x'");
  }

  @Test
  void sameSpillFileByDefault_refusesBoth_andNooneElse() throws IOException {
    disk.file("web.properties", SERVICE + "log.syslog=local\nlog.syslog.back-pressure=spill\n");
    disk.file("web.syslog.properties", SERVICE + "log.back-pressure=spill\n");
    disk.file("c.properties", SERVICE);
    ScanResult found = scan();
    assertThat(tree(found)).containsExactly("c");
    assertThat(told(found))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("web.syslog.spill'"));
  }

  @Test
  void spillFileThatIsALogDirectory_refusesBoth() throws IOException {
    disk.file("a.properties", SERVICE + "log.directory=/var/log/x\n");
    disk.file(
        "b.properties", SERVICE + "log.back-pressure=spill\nlog.back-pressure.file=/var/log/x\n");
    assertThat(tree(scan())).isEmpty();
  }

  @Test
  void sameSink_refusesBoth() throws IOException {
    OutputSink sink = (source, bytes) -> {};
    define("a", builder -> builder.withOutput(OutputSpec.to(sink)));
    define("b", builder -> builder.withOutput(OutputSpec.to(sink)));
    define("c", builder -> builder);
    ScanResult found = scanOwn();
    assertThat(tree(found)).containsExactly("c");
    assertThat(told(found)).allSatisfy(each -> assertThat(each).endsWith("was 'the same sink'"));
  }

  @Test
  void dependencyOnNobody_refusesAlsoWhoDependsOnThat_andNooneElse() throws IOException {
    define("a", builder -> builder.addDependency("b", WhenLost.GOES_ON));
    define("b", builder -> builder.addDependency("gone", WhenLost.GOES_ON));
    define("c", builder -> builder);
    define("d", builder -> builder.addDependency("c", WhenLost.GOES_ON));
    ScanResult found = scanOwn();
    assertThat(tree(found)).containsExactlyInAnyOrder("c", "d");
    assertThat(told(found))
        .containsExactly(
            "a: child 'a': must not need a service that is refused, was 'b'",
            "b: child 'b': dependencies: there must be a sibling with this name, was 'gone'");
  }

  @Test
  void circle_refusesWhoIsInIt() throws IOException {
    define("a", builder -> builder.addDependency("b", WhenLost.GOES_ON));
    define("b", builder -> builder.addDependency("a", WhenLost.GOES_ON));
    define("c", builder -> builder);
    assertThat(tree(scanOwn())).containsExactly("c");
  }

  @Test
  void consumerThatIsNotFed_refusesTheProducerOnly() throws IOException {
    define("a", builder -> builder.withOutput(OutputSpec.toChild("b")));
    define("b", builder -> builder);
    define("c", builder -> builder.withOutput(OutputSpec.toChild("d")));
    define("d", builder -> builder.withInput(InputSpec.fed()));
    assertThat(tree(scanOwn())).containsExactlyInAnyOrder("b", "c", "d");
  }

  @Test
  void whatNoSupervisorWouldTake_isRefused() throws IOException {
    define(
        "a",
        builder ->
            builder
                .withRestart(RestartPolicy.permanent())
                .withSignificance(Significance.SIGNIFICANT));
    define("b", builder -> builder);
    own.put("b", own.get("b").at(ChildId.of("x").child("b")));
    define("c", builder -> builder);
    assertThat(tree(scanOwn())).containsExactly("c");
  }

  private void define(String name, UnaryOperator<ProcessSpec.Builder> more) throws IOException {
    disk.file(name, "");
    own.put(name, more.apply(ProcessSpec.builder(name, "/bin/true")).build());
  }

  private ScanResult scanOwn() throws ScanFailedException {
    DefinitionReader reader =
        new DefinitionReader() {
          @Override
          public boolean reads(DirectoryEntry entry) {
            return true;
          }

          @Override
          public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
            return List.of(new Definition.Defined(entry.path(), own.get(entry.name()), List.of()));
          }
        };
    return new ScanDirectory(root, List.of(reader), disk.settings()).read();
  }
}
