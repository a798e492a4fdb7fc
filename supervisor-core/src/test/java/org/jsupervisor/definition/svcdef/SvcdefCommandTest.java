package org.jsupervisor.definition.svcdef;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How variables become a command, without a shell. */
class SvcdefCommandTest {
  @TempDir Path root;
  private SvcdefTree tree;

  @BeforeEach
  void prepare() {
    tree = new SvcdefTree(root);
    tree.definition("web");
  }

  @Test
  void emptyOptions_areNone_andAbsentOnes_too() {
    assertThat(tree.spec("web").command().argv()).containsExactly("/bin/sleep");
    tree.set("web", "DAEMONOPTS", "");
    assertThat(tree.spec("web").command().argv()).containsExactly("/bin/sleep");
    tree.set("web", "DAEMONOPTS", " \n");
    assertThat(tree.spec("web").command().argv()).containsExactly("/bin/sleep");
    assertThat(tree.notes("web")).isEmpty();
  }

  @Test
  void nulInOptions_separatesWords() {
    tree.set("web", "DAEMONOPTS", "a\0b");
    assertThat(tree.spec("web").command().argv()).containsExactly("/bin/sleep", "a", "b");
  }

  @Test
  void getty_isWhatItsVariablesSay() {
    tree.set("web", "DAEMON", "");
    tree.set("web", "GETTY", "/bin/sleep\n");
    tree.set("web", "GETTYOPTS", "-8\n");
    tree.set("web", "TTY", "tty1\n");
    tree.set("web", "SECONDARYOPTS", "9600 linux\n");
    tree.set("web", "DAEMONOPTS", "x\n");
    tree.link("web/run", "../.run/run-getty.sh");
    assertThat(tree.spec("web").command().argv())
        .containsExactly("/bin/sleep", "-8", "tty1", "9600", "linux");
    assertThat(tree.notes("web"))
        .containsExactly("web/env/DAEMONOPTS: is for a DAEMON: this is a getty");
    tree.set("web", "DAEMON", "/bin/sleep\n");
    assertThat(tree.notes("web")).hasSize(4).allMatch(line -> line.contains("is for a GETTY"));
  }

  @Test
  void definitionWithoutDaemon_isRefused() {
    tree.set("web", "DAEMON", "");
    assertThat(tree.told("web")).containsExactly("web/env/DAEMON: must name a program");
  }

  @Test
  void daemonThatIsNotInstalled_isANote_andOneFoundInThePath_isNot() {
    tree.set("web", "DAEMON", "no-such-daemon\n");
    assertThat(tree.notes("web"))
        .containsExactly(
            "web: is no program that is there now: a launch would fail, was 'no-such-daemon'");
    tree.set("web", "DAEMON", "setuidgid\n");
    assertThat(tree.notes("web")).isEmpty();
  }

  @Test
  void marksOfShells_arePassedAsTheyAre_andTold() {
    tree.set("web", "DAEMONOPTS", "-x \"a b\" $HOME `id` ~/x\n");
    assertThat(tree.spec("web").command().argv())
        .containsExactly("/bin/sleep", "-x", "\"a", "b\"", "$HOME", "`id`", "~/x");
    assertThat(tree.notes("web"))
        .containsExactly(
            "web/env/DAEMONOPTS: is passed as it is: a value is split at blanks, and has no quotes"
                + " or expansions, was '\"`$~'");
  }

  @Test
  void patternThatCouldMatchFiles_isRefused_otherwiseItIsPassedAsItIs() {
    String refused =
        "web/env/DAEMONOPTS: must not have '*', '?' or '[' where sh would put the names of files"
            + " instead";
    for (String pattern : List.of("*", "*un", "r*n", "r?n", "[a-z]un", "/etc/*.conf")) {
      tree.set("web", "DAEMONOPTS", pattern + "\n");
      assertThat(tree.told("web")).as(pattern).containsExactly(refused);
    }
    tree.set("web", "DAEMONOPTS", "*:80 [x\n");
    assertThat(tree.spec("web").command().argv()).containsExactly("/bin/sleep", "*:80", "[x");
    assertThat(tree.notes("web"))
        .containsExactly(
            "web/env/DAEMONOPTS: has '*', '?' or '[', which matches no file and is passed as it"
                + " is");
  }

  @Test
  void carriageReturn_isRefused() {
    tree.set("web", "DAEMONOPTS", "-x\r\n");
    assertThat(tree.told("web"))
        .containsExactly("web/env/DAEMONOPTS: a word must not end with a carriage return");
  }
}
