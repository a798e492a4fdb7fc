package org.jsupervisor.posix.internal.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jsupervisor.spec.FileStep.EnvironmentDirectory;
import org.jsupervisor.spec.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The parts that launch steps are made of. */
@EnabledOnOs(OS.LINUX)
class StepPartsTest {
  @TempDir Path directory;

  @Test
  void tool_isLookedForAgainWhenItIsGone() throws IOException {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    tool(first.resolve("own-tool"));
    tool(second.resolve("own-tool"));
    HostTools tools = new HostTools(Map.of("PATH", "relative:" + first + "::" + second));

    assertThat(tools.find("own-tool")).contains(first + "/own-tool");
    Files.delete(first.resolve("own-tool"));
    assertThat(tools.find("own-tool")).contains(second + "/own-tool");
    Files.delete(second.resolve("own-tool"));
    assertThat(tools.find("own-tool")).isEmpty();
    tool(second.resolve("own-tool"));
    assertThat(tools.find("own-tool")).contains(second + "/own-tool");
  }

  @Test
  void tools_areLookedForInTheStandardDirectoriesToo_neverInRelativeOnes() {
    HostTools tools = new HostTools(Map.of("PATH", "bin:/nowhere"));

    assertThat(tools.where()).isEqualTo("/nowhere:/usr/sbin:/sbin:/usr/bin:/bin");
    assertThat(tools.find("sh").orElseThrow()).endsWith("/sh").startsWith("/");
  }

  @Test
  void busybox_isUsedOnlyForWhatItCan() throws IOException {
    Path busybox = tool(directory.resolve("busybox"));
    for (String name : List.of("nice", "flock", "setpriv-x", "chpst")) {
      Files.createSymbolicLink(directory.resolve(name), busybox);
    }
    HostTools tools = new HostTools(Map.of("PATH", directory.toString()));

    assertThat(tools.find("nice")).contains(directory + "/nice");
    assertThat(tools.find("setpriv-x")).isEmpty();
    assertThat(tools.find("flock")).isNotEqualTo(Optional.of(directory + "/flock"));
  }

  private static Path tool(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void pathsInARoot_doNotLeadOutOfIt() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));
    Files.createSymbolicLink(root.resolve("sbin"), Path.of("/usr/bin"));
    Files.createSymbolicLink(root.resolve("out"), Path.of("../../../etc"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("/loop"));
    RootedPaths paths = new RootedPaths(root.toString());

    assertThat(paths.resolve("/bin/x")).contains(root.resolve("usr/bin/x"));
    assertThat(paths.resolve("/sbin/x")).contains(root.resolve("usr/bin/x"));
    assertThat(paths.resolve("/out/passwd")).contains(root.resolve("etc/passwd"));
    assertThat(paths.resolve("/../../etc")).contains(root.resolve("etc"));
    assertThat(paths.resolve("/")).contains(root);
    assertThat(paths.resolve("/loop/x")).isEmpty();
    assertThat(new RootedPaths("/").resolve("/bin/x")).contains(Path.of("/bin/x"));
  }

  @Test
  void limitsOfTheKernel_areRead() {
    List<String> lines =
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max file size             unlimited            7                    bytes     ",
            "Max nice priority         0                    3                    ");

    assertThat(HostRights.parseLimits(lines))
        .isEqualTo(
            Map.of(
                Resource.FILE_SIZE,
                new HostRights.Range(OptionalLong.empty(), OptionalLong.of(7)),
                Resource.NICE,
                new HostRights.Range(OptionalLong.of(0), OptionalLong.of(3))));
  }

  @Test
  void limitsOfThisHost_areAllKnown() throws IOException {
    assertThat(HostRights.read().limits()).containsOnlyKeys(Resource.values());
  }

  @Test
  void processorRanges_areRead() {
    assertThat(StepChecks.ranges("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
    assertThat(StepChecks.ranges("0")).containsExactly(0);
  }

  @Test
  void environmentFileOfTheLongestLine_isRead_andOneByteMoreIsRefused() throws Exception {
    var variables = new TreeMap<String, String>();
    Path file = directory.resolve("LONG");
    Files.writeString(file, "x".repeat(EnvironmentFiles.BYTES_MAX) + "\nmore");
    EnvironmentFiles.apply(EnvironmentDirectory.of(directory), variables);
    assertThat(variables.get("LONG")).hasSize(EnvironmentFiles.BYTES_MAX);

    Files.writeString(file, "x".repeat(EnvironmentFiles.BYTES_MAX + 1));
    assertThatThrownBy(() -> EnvironmentFiles.apply(EnvironmentDirectory.of(directory), variables))
        .isInstanceOf(StepRefusedException.class)
        .hasMessageContaining("LONG");
  }

  @Test
  void environmentFileThatIsNoFile_isRefusedInsteadOfWaitedFor() throws IOException {
    Files.createDirectory(directory.resolve("SUB"));

    assertThatThrownBy(
            () -> EnvironmentFiles.apply(EnvironmentDirectory.of(directory), new TreeMap<>()))
        .isInstanceOf(StepRefusedException.class)
        .hasMessageContaining("SUB' must be a regular file");
  }
}
