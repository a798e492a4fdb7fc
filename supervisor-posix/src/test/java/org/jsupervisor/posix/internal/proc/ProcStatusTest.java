package org.jsupervisor.posix.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcStatusTest {
  @Test
  void ownStatus_hasValuesAndFields() throws Exception {
    ProcStatus status = ProcStatus.ofThisProcess();

    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(status.value("Pid")).contains(pid);
    assertThat(status.fields("Tgid")).isEqualTo(List.of(pid));
    assertThat(status.fields("Uid")).hasSize(4);
    assertThat(status.fields("Uid").get(0))
        .isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
    assertThat(status.value("NoSuchThing")).isEmpty();
    assertThat(status.fields("NoSuchThing")).isEmpty();
    assertThat(ProcStatus.ofThisThread().value("Tgid")).contains(pid);
  }

  /** The kernel cuts a name after 15 bytes, also in the middle of a letter. */
  @Test
  void nameThatIsNoText_doesNotHideTheRest() throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "printf 'a\\377' >/proc/$$/comm; echo; read x").start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('\n');
      ProcStatus status = ProcStatus.of(process.pid());

      assertThat(status.value("Name")).contains("a\u00ff");
      assertThat(status.fields("Uid")).hasSize(4);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void processThatIsNotThere_hasNone() {
    assertThatThrownBy(() -> ProcStatus.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
