package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings by version: one place chooses, and another choice is the roll-back. */
class VersionsTest {
  @TempDir Path root;
  private SvcdefTree tree;
  private Path web;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
    web = tree.definition("web");
    tree.disk.file("web/data/version/2.0/DAEMON", "/bin/true\n");
  }

  private List<String> argv(SvcdefReader reader) {
    return tree.spec(tree.read("web", reader, tree.disk.settings())).command().argv();
  }

  @Test
  void versions_areTheDirectoriesBesideTheChosenOne() {
    assertThat(Versions.of(web))
        .isEqualTo(
            new Versions(
                LinkChain.real(web).resolve("data/version"),
                Optional.of("1.0"),
                List.of("1.0", "2.0")));
  }

  @Test
  void link_choosesTheVersion_andAnotherChoiceIsTheRollBack() {
    assertThat(argv(new SvcdefReader())).containsExactly("/bin/sleep");
    tree.link("web/data/version/current", "./2.0");
    assertThat(argv(new SvcdefReader())).containsExactly("/bin/true");
    assertThat(Versions.of(web).chosen()).contains("2.0");
    tree.link("web/data/version/current", "./1.0");
    assertThat(argv(new SvcdefReader())).containsExactly("/bin/sleep");
  }

  @Test
  void reader_choosesTheVersion_whateverTheLinkSays() {
    SvcdefReader upgraded = new SvcdefReader().withVersion("web", "2.0");
    assertThat(argv(upgraded)).containsExactly("/bin/true");
    assertThat(argv(upgraded.withVersion("web", "1.0"))).containsExactly("/bin/sleep");
    assertThat(argv(upgraded.withVersion("other", "1.0"))).containsExactly("/bin/true");
    tree.link("web/env", "./data/version/no-such");
    assertThat(argv(upgraded)).containsExactly("/bin/true");
  }

  @Test
  void versionThatIsNotThere_isRefused_withThoseThatAre() {
    Definition read =
        tree.read("web", new SvcdefReader().withVersion("web", "3.0"), tree.disk.settings());
    assertThat(tree.disk.told(read))
        .containsExactly("web/env: the version must be one of [1.0, 2.0], was '3.0'");
  }

  @Test
  void linkThatLeadsNowhere_isRefused_withTheVersionsThatAreThere() {
    tree.link("web/data/version/current", "./3.0");
    String end = LinkChain.real(web).resolve("data/version/3.0").toString();
    assertThat(tree.told("web"))
        .containsExactly(
            "web/env: must be, or lead to, a directory; of versions there are [1.0, 2.0], was '"
                + end.replace(root + "/", "")
                + "'");
    assertThat(Versions.of(web).chosen()).isEmpty();
    tree.link("web/env", "./env");
    assertThat(tree.read("web")).isInstanceOf(Definition.Refused.class);
  }

  @Test
  void otherPlacesOfVersions_areFoundByTheLink() {
    tree.disk.file("web/data/release/2.4.3/DAEMON", "/bin/cat\n");
    tree.link("web/env", "./data/release/2.4.3");
    assertThat(argv(new SvcdefReader())).containsExactly("/bin/cat");
    assertThat(Versions.of(web).names()).containsExactly("2.4.3");
  }

  @Test
  void directoryOfItsOwn_isNoVersion() {
    tree.disk.file("plain/env/DAEMON", "/bin/cat\n");
    assertThat(tree.spec("plain").command().argv()).containsExactly("/bin/cat");
    Versions none = Versions.of(root.resolve("plain"));
    assertThat(none.chosen()).isEmpty();
    assertThat(none.names()).isEmpty();
  }

  @Test
  void namesThatCannotBe_areRefusedAtOnce() {
    SvcdefReader reader = new SvcdefReader();
    for (String version : List.of("", ".", "..", "../x", "a/b", ".x", "a\nb")) {
      assertThatThrownBy(() -> reader.withVersion("web", version))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be the name of a directory");
    }
    assertThatThrownBy(() -> reader.withVersion("a/b", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
