package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.Capability.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a platform tells of what it can do here. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class CapabilitiesTest {
  private static List<Capability> of(PosixOptions options) {
    try (PosixPlatform platform = PosixPlatform.open(options)) {
      return platform.capabilities();
    }
  }

  private static Capability named(List<Capability> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void capabilities_haveNamesOfTheirOwn_andADetail() {
    List<Capability> all = of(PosixOptions.defaults());

    assertThat(all).extracting(Capability::name).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(all).allSatisfy(each -> assertThat(each.detail()).isNotBlank());
    assertThat(named(all, "process facts and leftovers").level()).isEqualTo(Level.FULL);
    // There is an sh on every host that these tests run on.
    assertThat(named(all, "launch step: commands before the program").detail()).endsWith("/sh");
  }

  @Test
  void exitDetection_byThreads_isLimited() {
    Capability detection =
        named(
            of(PosixOptions.defaults().withExitDetection(ExitDetection.waiters(7))),
            "exit detection");

    assertThat(detection.level()).isEqualTo(Level.LIMITED);
    assertThat(detection.detail()).isEqualTo("a waiting thread for each child, at most 7");
  }

  @Test
  void userChanges_thatAreSwitchedOff_areToldSo() {
    Capability changes =
        named(
            of(PosixOptions.defaults().withUserChanges(UserChanges.SWITCHED_OFF)), "user changes");

    assertThat(changes.level()).isEqualTo(Level.LIMITED);
  }

  @Test
  void tool_isLookedForInTheHostsPath(@TempDir Path bin) throws Exception {
    Path tool = Files.createFile(bin.resolve("flock"));
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    PosixOptions options =
        PosixOptions.defaults().withHostEnvironment(Map.of("PATH", bin.toString()));

    assertThat(named(of(options), "launch step: lock"))
        .isEqualTo(new Capability("launch step: lock", Level.FULL, tool.toString()));
  }
}
