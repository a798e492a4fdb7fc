package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.UserVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is added to service units by files beside them, as docs/formats/systemd.md says. */
class AdditionsTest extends UnitCase {
  @Test
  void additions_comeBehindTheUnit_andAnEmptyValueForgets() {
    ProcessSpec web = disk.copy("systemd").spec("web.service", "web");
    assertThat(web.steps()).noneMatch(ProgramStep.PreLaunch.class::isInstance);
    assertThat(((SystemdPolicy) web.restart()).delay()).isEqualTo(Duration.ofSeconds(5));
  }

  /** A file, and behind it its directives. */
  private void addition(String words) {
    List<String> parts = List.of(words.split(" "));
    String directives = String.join("\n", parts.subList(1, parts.size()));
    disk.file(parts.get(0), "[Service]\n" + directives + "\n");
  }

  /** An instance, its umask, and the additions that are there. */
  private static Stream<Arguments> additions() {
    return Stream.of(
        Arguments.of(
            "worker@1",
            0027,
            List.of(
                "worker@.service.d/10-user.conf User=nobody UMask=0077",
                "worker@.service.d/20-same.conf Nice=3",
                "worker@.service.d/30-late.conf RestartSec=7",
                "worker@1.service.d/15-own.conf UMask=0027 RestartSec=1",
                "worker@1.service.d/20-same.conf")),
        Arguments.of(
            "foo-bar@1",
            0077,
            List.of(
                "service.d/10-all.conf UMask=0077 RestartSec=1",
                "service.d/20-same.conf Nice=3",
                "foo-.service.d/20-same.conf User=nobody",
                "foo-.service.d/30-other.conf RestartSec=7",
                "bar-.service.d/40-others.conf RestartSec=9")));
  }

  @ParameterizedTest
  @MethodSource("additions")
  void additionsOfTemplatesPrefixesAndAllServices_areReadByName_theMoreSpecialWins(
      String instance, int umask, List<String> additions) {
    disk.file(instance + ".service", "[Service]\nExecStart=/bin/w\n");
    additions.forEach(this::addition);
    ProcessSpec worker = disk.spec(instance + ".service", instance);
    assertThat(worker.steps())
        .contains(
            PrivilegeStep.User.of("nobody").withVariables(UserVariables.OF_ACCOUNT),
            new ResourceStep.Umask(umask))
        .noneMatch(ResourceStep.Nice.class::isInstance);
    assertThat(((SystemdPolicy) worker.restart()).delay()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void linkToDevNull_hidesWhatHasItsNameInAMoreGeneralDirectory() throws IOException {
    disk.file("w@1.service", "[Service]\nExecStart=/bin/w\n");
    disk.file("w@.service.d/05.conf", "[Service]\nNice=4\n");
    disk.file("w@.service.d/10.conf", "[Service]\nNice=3\n");
    disk.file("w@1.service.d/20.conf", "[Service]\nRestartSec=1\n");
    Files.createSymbolicLink(root.resolve("w@1.service.d/10.conf"), Path.of("/dev/null"));
    assertThat(disk.spec("w@1.service", "w@1").steps()).containsExactly(new ResourceStep.Nice(4));
  }
}
