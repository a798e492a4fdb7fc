package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F56: who may not give privileges away, does not run the program with them. */
@EnabledOnOs(OS.LINUX)
class PrivilegeDropTest {
  @TempDir Path directory;

  /** F56 in the chain itself: what is executed by a process that may not change its user. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "setpriv --reuid=65533 --regid=65533 --clear-groups --",
        "chroot --userspec=+65533:+65533 --groups= -- /",
        "chpst -u :65533:65533 --",
        "s6-applyuidgid -u 65533 -g 65533 -G  --" // No groups: an empty word.
      })
  void f56_failedDropOfPrivileges_neverRunsTheProgram(String drop) throws Exception {
    List<String> tool = List.of(drop.split(" ", -1));
    Assumed.tools(tool.get(0));
    Path mark = directory.resolve("mark");
    Path status = directory.resolve("status");
    List<String> line = new ArrayList<>(unprivileged());
    line.addAll(tool);
    line.addAll(List.of("/usr/bin/touch", mark.toString()));

    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(status.toFile()).start();

    assertThat(process.waitFor()).as(Files.readString(status)).isNotZero();
    assertThat(mark).doesNotExist();
  }

  private static List<String> unprivileged() {
    Assumed.root();
    Assumed.tools("setpriv");
    return List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--");
  }

  /** F56 before the start: a whole host without capabilities. */
  @Test
  void f56_hostWithoutPrivileges_refusesWhatNeedsThem_andRunsTheRest() throws Exception {
    Path run = directory.resolve("run");
    Map<String, String> outcomes =
        runHost(
            UserChanges.APPLIED,
            "user",
            "group",
            "self",
            "chroot",
            "capabilities",
            "ambient",
            "no-new",
            "nice",
            "nicer",
            "limit",
            "lower",
            "umask",
            "fifo",
            "realtime",
            "cpu",
            run.toString());

    assertThat(outcomes.get("user")).startsWith("EPERM: step 'user': user 65534 needs");
    assertThat(outcomes.get("group")).startsWith("EPERM: step 'user': group 65534 and");
    assertThat(outcomes.get("chroot")).startsWith("EPERM: step 'chroot': ").contains("sys_chroot");
    assertThat(outcomes.get("ambient"))
        .startsWith("EPERM: step 'capabilities': ambient kill needs");
    assertThat(outcomes.get("nice")).startsWith("EPERM: step 'nice': ").contains("sys_nice");
    assertThat(outcomes.get("limit")).startsWith("EPERM: step 'limit': nofile above");
    assertThat(outcomes.get("fifo")).startsWith("EPERM: step 'cpu-scheduling': FIFO 5");
    assertThat(outcomes.get("realtime")).startsWith("EPERM: step 'io-scheduling': ");
    assertThat(outcomes.get(run.toString())).startsWith("EPERM: step 'run-directory': ");
    List<String> fine = List.of("self", "capabilities", "no-new", "nicer", "lower", "umask", "cpu");
    for (String name : fine) {
      assertThat(outcomes.get(name)).as(name).isEqualTo("exit code 0");
    }
    assertThat(marks()).containsExactlyInAnyOrderElementsOf(fine);
  }

  @Test
  void userChangesSwitchedOff_runsAsTheHost() throws Exception {
    Path run = directory.resolve("run");
    Map<String, String> outcomes =
        runHost(UserChanges.SWITCHED_OFF, "user", "group", "chroot", run.toString());

    assertThat(outcomes.get("user")).isEqualTo("exit code 0");
    assertThat(outcomes.get("group")).isEqualTo("exit code 0");
    assertThat(outcomes.get(run.toString())).isEqualTo("exit code 0");
    assertThat(outcomes.get("chroot")).startsWith("EPERM: step 'chroot'");
  }

  private List<String> marks() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("mark."))
          .map(name -> name.substring("mark.".length()))
          .toList();
    }
  }

  private Map<String, String> runHost(UserChanges changes, String... steps) throws Exception {
    List<String> line = new ArrayList<>(unprivileged());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", HostJvm.classPath(), StepHost.class.getName()));
    line.addAll(List.of(changes.name(), directory.resolve("mark").toString()));
    line.addAll(Arrays.asList(steps));
    Process host = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String text = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
      Map<String, String> result = new TreeMap<>();
      for (String step : steps) {
        text.lines()
            .filter(found -> found.startsWith(step + ": "))
            .forEach(found -> result.put(step, found.substring(step.length() + 2).strip()));
      }
      assertThat(result).as(text).hasSize(steps.length);
      return result;
    } finally {
      host.destroyForcibly();
    }
  }
}
