package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SpecProblem;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {
  @TempDir Path root;
  private SvcdefTree tree;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
    tree.disk.file(".env/NEEDS_ENABLED", "1\n");
  }

  private void needs(String name, String... others) {
    tree.definition(name);
    for (String other : others) {
      tree.link(name + "/needs/" + other, "../../" + other);
    }
  }

  @Test
  void links_areDependencies_byTheNameOfTheirTarget() {
    needs("dbus");
    needs("web", "dbus");
    tree.link("web/needs/bus", "../../dbus");
    assertThat(tree.spec("web").dependencies())
        .containsExactly(new Dependency("dbus", WhenLost.GOES_ON));
    assertThat(tree.notes("web")).containsExactly("web/needs/dbus: is needed already, was 'dbus'");
    tree.disk.file(".env/NEEDS_ENABLED", "0\n");
    assertThat(tree.notes("web"))
        .contains(".env/NEEDS_ENABLED: is not honoured: what is needed comes first, was '0'");
  }

  @Test
  void linkThatLeadsNowhere_andWhatIsNoLink_areRefused() {
    needs("web", "gone");
    tree.disk.file("web/needs/text", "dbus\n");
    assertThat(tree.told("web"))
        .containsExactly(
            "web/needs/gone: must lead to a definition that is there",
            "web/needs/text: must be a link to a definition");
  }

  @Test
  void emptyNeeds_areTold_andAFileIsRefused() {
    needs("web");
    tree.disk.directory("web/needs");
    assertThat(tree.notes("web")).containsExactly("web/needs: is empty: nothing is needed");
    needs("file");
    tree.disk.file("file/needs", "dbus\n");
    assertThat(tree.told("file")).containsExactly("file/needs: must be a directory");
  }

  @Test
  void diamond_isInOrder() {
    needs("rpcbind");
    needs("rpc.idmapd", "rpcbind");
    needs("rpc.nfsd", "rpc.idmapd", "rpcbind");
    ScanResult found = tree.scan(new SvcdefReader());
    assertThat(found.problems()).isEmpty();
    assertThat(found.specs()).extracting(spec -> spec.id().name()).hasSize(3);
    ProcessSpec last = found.specs().get(1);
    assertThat(last.dependencies()).extracting(Dependency::on).contains("rpc.idmapd", "rpcbind");
  }

  @Test
  void circle_isRefused_withItsPath_andTheRestRuns() {
    needs("a", "b");
    tree.link("b/needs/a", "../../a");
    needs("b", "a");
    tree.link("a/needs/b", "../../b");
    needs("c");
    ScanResult found = tree.scan(new SvcdefReader());
    assertThat(found.specs()).extracting(spec -> spec.id().name()).containsExactly("c");
    List<String> told = found.problems().stream().map(SpecProblem::toString).toList();
    assertThat(told).anyMatch(line -> line.contains("a") && line.contains("b"));
  }
}
