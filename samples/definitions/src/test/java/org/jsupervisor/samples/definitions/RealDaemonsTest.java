package org.jsupervisor.samples.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.posix.PosixOptions;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.posix.UserChanges;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitCause;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Signal;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Daemons of the library that are installed: started, ready by their own check, stopped, gone. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class RealDaemonsTest {
  /** Where daemons are that a user's PATH does not name. */
  private static final String PATH = System.getenv("PATH") + ":/usr/sbin:/sbin";

  private static final long WAIT_SECONDS = 60;

  @TempDir private Path temp;
  private Path here;
  private Path services;

  static List<String> names() {
    return Case.names();
  }

  @BeforeEach
  void makeDirectories() throws IOException {
    // Daemons with users of their own pass through them.
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    here = Files.createDirectory(temp.resolve("here")).toRealPath();
    services = Files.createDirectory(temp.resolve("services"));
    for (Path each : List.of(here, services)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void daemon_isReadyByItsOwnCheck_isStopped_andLeavesNothing(String name) throws Exception {
    Case run = Case.prepare(name, here);
    assumeInstalled(run.tool());
    assumeTrue(isRoot() || !run.needsRoot(), run.tool() + " runs as root only");
    SupervisorSpec.Builder spec = SupervisorSpec.builder("library");
    definitions(run).specs().forEach(spec::addChild);
    try (PosixPlatform platform = PosixPlatform.open(options());
        Supervisor tree = SupervisorBuilder.of(spec.build(), platform).start()) {
      awaitReady(tree);
      ChildSnapshot ready = tree.snapshot().children().get(0);
      long leader = ready.pid().orElseThrow().value();
      assertThat(LiveProcesses.ofSession(leader)).as("processes of " + name).isNotEmpty();

      StopReport report =
          tree.stop("tried").toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(report.unkillable()).isEmpty();
      ChildSnapshot ended = tree.snapshot().children().get(0);
      assertThat(ended.lastExits()).as("one life only").hasSize(1);
      Exit end = ended.lastExits().get(0);
      assertThat(end.cause()).isEqualTo(ExitCause.ASKED_TO_STOP);
      assertThat(end.status()).as("its grace was enough").isNotEqualTo(killed());
      assertThat(LiveProcesses.ofSession(leader)).as("left by " + name).isEmpty();
    }
    assertThat(LiveProcesses.naming(here)).as("left by " + name).isEmpty();
  }

  private void awaitReady(Supervisor tree) throws ExecutionException, InterruptedException {
    try {
      tree.ready().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not ready: " + tree.snapshot() + "\n" + logs(), e);
    }
  }

  private ScanResult definitions(Case run) throws IOException {
    Library.copy(run.name(), services);
    ParameterSources parameters = ParameterSources.none().withSettings(run.settings());
    ScanResult found =
        ScanDirectory.of(
                services, DefinitionSettings.of(temp.resolve("logs")).withParameters(parameters))
            .read();
    assertThat(found.problems()).isEmpty();
    assertThat(found.specs()).hasSize(1);
    return found;
  }

  private static PosixOptions options() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", PATH);
    return PosixOptions.defaults()
        .withHostEnvironment(environment)
        .withUserChanges(isRoot() ? UserChanges.APPLIED : UserChanges.SWITCHED_OFF);
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ExitStatus killed() {
    return new ExitStatus.Signalled(Signal.KILL, false);
  }

  private static void assumeInstalled(String tool) {
    boolean found =
        Arrays.stream(PATH.split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, tool)));
    assumeTrue(found, "tool missing: " + tool);
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(temp.resolve("logs"))) {
      for (Path file : files.filter(each -> each.endsWith("current")).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      all.append(e);
    }
    return all.toString();
  }
}
