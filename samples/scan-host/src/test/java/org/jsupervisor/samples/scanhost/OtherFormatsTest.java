package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.going.GoingReader;
import org.jsupervisor.definition.going.GoingRules;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.jsupervisor.definition.systemd.SystemdReader;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One directory with a file of each other program's format; what they define really runs. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class OtherFormatsTest {
  @TempDir Path services;

  @Test
  void programsOfFourFormats_runSideBySide_asTheirFilesSay() throws Exception {
    Services.directory(services);
    Services.file(services.resolve(".env"), "GREETING='hello there'\n");
    Services.file(
        services.resolve("Procfile"), "web: echo \"$GREETING $PORT\" && exec sleep 1000\n");
    Services.file(
        services.resolve("main.conf"),
        """
        [program:cat]
        command=/bin/sh -c 'echo "$0 $B"; exec sleep 1000' %(program_name)s
        environment=B="x, y"
        redirect_stderr=true
        """);
    Services.file(
        services.resolve("unit.service"),
        """
        [Service]
        Environment="A=b c"
        UMask=0027
        ExecStart=/bin/sh -c 'echo "$$A ${A} $$(umask) $$PWD"; exec sleep 1000'
        """);
    Services.file(
        services.resolve("old"), "cmd=/bin/sh -c \"echo \\\"$PWD\\\"; exec sleep 1000\"\n");
    ScanResult found =
        new ScanDirectory(
                services,
                List.of(
                    new ProcfileReader().withPorts(5000),
                    new SupervisordReader(),
                    new SystemdReader(),
                    new GoingReader(GoingRules.EXTENDED)),
                DefinitionSettings.of(services.resolve(".log")))
            .read();
    assertThat(found.problems()).isEmpty();
    SupervisorSpec.Builder spec = SupervisorSpec.builder("formats");
    found.specs().forEach(spec::addChild);
    try (Supervisor tree = SupervisorBuilder.of(spec.build(), PosixPlatform.open()).start()) {
      tree.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      awaitLine("web", "hello there 5000");
      awaitLine("cat", "cat x, y");
      awaitLine("unit", "b c b c 0027 /");
      awaitLine("old", "/");
    }
  }

  private void awaitLine(String child, String expected) throws IOException {
    Path log = services.resolve(".log").resolve(child).resolve("current");
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String seen = "";
    while (System.nanoTime() - deadline < 0) {
      seen = Files.exists(log) ? Files.readString(log) : "";
      if (seen.endsWith(" " + expected + "\n")) {
        return;
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError(child + " did not write '" + expected + "' but '" + seen + "'");
  }
}
