package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.svcdef.SvcdefReader;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A tree of svcdef definitions on the POSIX platform: what the template's shell does, is done. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class SvcdefTest {
  private static final ChildId WEB = ChildId.of("web");

  @TempDir private Path temp;
  private Path svcdef;

  @BeforeEach
  void makeTree() throws IOException {
    svcdef = Services.directory(temp.resolve("svcdef"));
    Services.directory(svcdef.resolve(".env"));
    Services.file(svcdef.resolve(".env/PATH"), "../.bin:/usr/bin:/bin\n");
    Services.file(svcdef.resolve(".env/EVERYWHERE"), "yes\n");
    Services.directory(svcdef.resolve(".bin"));
    Services.directory(svcdef.resolve(".run"));
    // If it were executed, nothing would come up.
    Services.executable(svcdef.resolve(".run/run.sh"), "#!/bin/sh\nexit 1\n");
    link(".run/run", "run.sh");
    Services.executable(
        svcdef.resolve(".bin/tell"),
        "#!/bin/sh\necho \"$LEVEL $EVERYWHERE $1 $2\" >>" + trace() + "\nexec sleep 1000\n");
    Services.executable(
        svcdef.resolve(".bin/first"), "#!/bin/sh\necho first >>" + trace() + "\nexec \"$@\"\n");
  }

  @AfterEach
  void leaveNoProcess() {
    LiveProcesses.workingBelow(svcdef).forEach(ProcessHandle::destroyForcibly);
  }

  private Path trace() {
    return temp.resolve("trace");
  }

  private void link(String name, String target) throws IOException {
    Path unused = Files.createSymbolicLink(svcdef.resolve(name), Path.of(target));
  }

  /** One of them with two versions, of which the first is chosen. */
  private void definition(String name) throws IOException {
    Path definition = Services.directory(svcdef.resolve(name));
    Services.directory(definition.resolve("data"));
    Services.directory(definition.resolve("data/version"));
    for (String version : List.of("1.0", "2.0")) {
      Services.directory(definition.resolve("data/version/" + version));
      set(name, version, "DAEMON", "tell");
      set(name, version, "DAEMONOPTS", "options  of-" + version);
      set(name, version, "LEVEL", name);
    }
    link(name + "/run", "../.run/run");
    link(name + "/env", "./data/version/current");
    link(name + "/data/version/current", "./1.0");
  }

  private void set(String name, String version, String variable, String value) throws IOException {
    Services.file(
        svcdef.resolve(name + "/data/version/" + version).resolve(variable), value + "\n");
  }

  private ScanDirectory directory() throws IOException {
    return new ScanDirectory(
        svcdef,
        List.of(new SvcdefReader(), new ServiceDirectoryReader()),
        DefinitionSettings.of(temp.resolve("logs")));
  }

  @Test
  void definitionsRunInTheOrderOfTheirNeeds_withStateAndFifo_andAnotherVersionIsAChoice()
      throws Exception {
    definition("base");
    definition("web");
    Services.directory(svcdef.resolve("web/needs"));
    link("web/needs/base", "../../base");
    set("web", "1.0", "PRELAUNCH", "first");
    set("web", "1.0", "STATEDIR", temp.resolve("state").toString());
    set("web", "1.0", "FIFO", temp.resolve("fifo").toString());
    ScanDirectory directory = directory();
    ScanResult found = directory.read();
    assertThat(found.problems()).isEmpty();
    SupervisorSpec.Builder spec = SupervisorSpec.builder("svcdef");
    found.specs().forEach(spec::addChild);
    try (Supervisor tree = SupervisorBuilder.of(spec.build(), PosixPlatform.open()).start()) {
      done(tree.ready().toCompletableFuture());
      assertThat(traced(3))
          .containsOnlyOnce("base yes options of-1.0")
          .containsSubsequence("first", "web yes options of-1.0");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("state"))))
          .isEqualTo("rwxr-xr-x");
      assertThat(Files.readAttributes(temp.resolve("fifo"), "isOther", LinkOption.NOFOLLOW_LINKS))
          .containsEntry("isOther", true);

      Files.delete(svcdef.resolve("web/data/version/current"));
      link("web/data/version/current", "./2.0");
      DirectoryFollower follower =
          DirectoryFollower.following(directory, found, tree, Runnable::run);
      ScanReport report = done(follower.rescan().toCompletableFuture());
      assertThat(report.problems()).isEmpty();
      assertThat(report.changed()).containsExactly(WEB);
      assertThat(traced(4)).endsWith("web yes options of-2.0");
    }
  }

  /** A slow machine may have called a program alive before its first line. */
  private List<String> traced(int lines) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (Files.notExists(trace()) || Files.readAllLines(trace()).size() < lines) {
      assertThat(System.nanoTime() - deadline).as("in time").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
    return Files.readAllLines(trace());
  }

  private static <T> T done(CompletableFuture<T> operation) throws Exception {
    return operation.get(100, TimeUnit.SECONDS);
  }
}
