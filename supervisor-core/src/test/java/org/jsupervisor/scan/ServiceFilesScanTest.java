package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for many services and templates, as a scan directory sees them. */
class ServiceFilesScanTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  private ScanResult scan() throws ScanFailedException {
    return ScanDirectory.of(root, disk.settings()).read();
  }

  private static List<String> names(ScanResult result) {
    return result.definitions().stream()
        .filter(Definition.Defined.class::isInstance)
        .map(Definition::name)
        .toList();
  }

  private static ScanPlan plan(ScanResult before, ScanResult now) {
    Map<ChildId, Sourced> inForce = new HashMap<>();
    Sourced.of(before).forEach(each -> inForce.put(each.id(), each));
    return ScanPlan.between(inForce, Map.of(), now);
  }

  @Test
  void needs_leadFromFileToFile_andAMissingSibling_refusesWhoNeedsItAlone() throws Exception {
    disk.file("db.properties", "command=x\n");
    disk.file(
        "shop.yaml",
        """
        services:
          web: {command: x, needs: db, log.service: web-log}
          web-log: {command: x, input: fed, ready: launch}
          lost: {command: x, needs.or-stop: nobody}
        """);
    ScanResult found = scan();
    assertThat(names(found)).containsExactly("db", "web", "web-log");
    assertThat(found.problems())
        .singleElement()
        .asString()
        .contains("shop.yaml")
        .contains("nobody");
  }

  @Test
  void sameServiceInTwoFiles_refusesBoth() throws Exception {
    disk.file("a.yaml", "services: {web: {command: x}, b: {command: x}}\n");
    disk.file("web.ini", "command=x\n");
    assertThat(names(scan())).containsExactly("b");
  }

  @Test
  void faultInAFile_keepsAllItsServices_andThoseOfOthersChange() throws Exception {
    disk.file("all.yaml", "services: {a: {command: x}, b: {command: x}}\n");
    disk.file("c.ini", "command=x\n");
    disk.file("w@.ini", "command=x\ninstances=1-2\n");
    ScanResult before = scan();
    assertThat(names(before)).containsExactly("a", "b", "c", "w@1", "w@2");
    disk.file("all.yaml", "services: {a: {command: y}, b: {comm");
    disk.file("w@.ini", "command=y\ninstances=1-\n");
    disk.file("c.ini", "command=y\n");
    ScanPlan plan = plan(before, scan());
    assertThat(plan.removed()).isEmpty();
    assertThat(plan.changed()).extracting(each -> each.id().name()).containsExactly("c");
    assertThat(plan.refused().keySet())
        .extracting(each -> each.id().name())
        .containsExactlyInAnyOrder("a", "b", "w@1", "w@2");
  }

  @Test
  void faultInOneService_keepsThatOne_andWhatIsGoneGoes() throws Exception {
    disk.file(
        "all.ini", "[service a]\ncommand=x\n[service b]\ncommand=x\n[service c]\ncommand=x\n");
    ScanResult before = scan();
    disk.file("all.ini", "[service a]\ncommand=y\n[service b]\nlog=maybe\ncommand=x\n");
    ScanPlan plan = plan(before, scan());
    assertThat(plan.changed()).extracting(each -> each.id().name()).containsExactly("a");
    assertThat(plan.refused().keySet()).extracting(each -> each.id().name()).containsExactly("b");
    assertThat(plan.removed()).extracting(each -> each.id().name()).containsExactly("c");
  }
}
