package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source directory of s6-rc on the POSIX platform. What execline would interpret is for the shell
 * here: a stand-in takes the same arguments.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class SourceDirectoryTest {
  @TempDir private Path temp;
  private Path source;
  private Path trace;

  @BeforeEach
  void makeSource() throws IOException {
    source = Services.directory(temp.resolve("source"));
    trace = temp.resolve("trace");
    Services.executable(temp.resolve("execlineb"), "#!/bin/sh\ntest \"$1\" = -P && exec sh \"$2\"");
  }

  @AfterEach
  void leaveNoProcess() {
    LiveProcesses.workingBelow(source).forEach(ProcessHandle::destroyForcibly);
  }

  private Path definition(String name, String type) throws IOException {
    Path definition = Services.directory(source.resolve(name));
    Services.file(definition.resolve("type"), type + "\n");
    return definition;
  }

  private void oneshot(String name, String up, String down) throws IOException {
    Path definition = definition(name, "oneshot");
    Services.file(definition.resolve("up"), up + "\n");
    Services.file(definition.resolve("down"), down + "\n");
  }

  private void longrun(String name, String... lines) throws IOException {
    Path unused = Services.script(source, name, lines);
    unused = definition(name, "longrun");
  }

  private Supervisor start() throws Exception {
    ScanResult found =
        new ScanDirectory(
                source,
                List.of(SourceDirectoryReader.withExecline(temp.resolve("execlineb"))),
                DefinitionSettings.of(temp.resolve("logs")))
            .read();
    assertThat(found.problems()).isEmpty();
    SupervisorSpec.Builder spec = SupervisorSpec.builder("source");
    found.specs().forEach(spec::addChild);
    return SupervisorBuilder.of(spec.build(), PosixPlatform.open()).start();
  }

  private static void awaitFailed(Supervisor tree, ChildId child) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (tree.child(child).orElseThrow().phase() != Phase.FAILED) {
      assertThat(System.nanoTime() - deadline).as("in time").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }

  private String told(String what) {
    return "echo " + what + " >>" + trace;
  }

  @Test
  void dependenciesAreUpBefore_pipelineCarriesLines_andAllGoesDownInReverseOrder()
      throws Exception {
    oneshot("network", told("network up"), told("network down"));
    longrun(
        "web",
        "exec 2>/dev/null",
        told("web up"),
        "echo hello",
        "trap '" + told("web down") + "; exit 0' TERM",
        "while :; do sleep 0.05; done");
    Services.file(source.resolve("web/dependencies"), "base\n");
    Services.file(source.resolve("web/producer-for"), "log\n");
    longrun("log", "cat >lines", told("log down"));
    Services.file(source.resolve("log/consumer-for"), "web\n");
    Services.file(definition("base", "bundle").resolve("contents"), "network\n");
    try (Supervisor tree = start()) {
      tree.ready().toCompletableFuture().get(100, TimeUnit.SECONDS);
      var unused = tree.stop("test").toCompletableFuture().get(100, TimeUnit.SECONDS);
    }
    assertThat(Files.readAllLines(trace))
        .containsSubsequence("network up", "web up", "web down", "log down")
        .containsSubsequence("web down", "network down")
        .hasSize(5);
    assertThat(source.resolve("log/lines")).hasContent("hello");
  }

  @Test
  void oneshotThatFails_staysDown_andIsNotUndone() throws Exception {
    oneshot("mount", told("mount up") + "; exit 32", told("mount down"));
    ChildId mount = ChildId.of("mount");
    try (Supervisor tree = start()) {
      awaitFailed(tree, mount);
      assertThat(tree.child(mount).orElseThrow().counters().launches()).isEqualTo(1);
    }
    assertThat(trace).hasContent("mount up");
  }
}
