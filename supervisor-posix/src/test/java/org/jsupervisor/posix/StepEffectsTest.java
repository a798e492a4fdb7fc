package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees of its launch steps: resources, its name, and what was run before it. */
@EnabledOnOs(OS.LINUX)
class StepEffectsTest {
  private final StepFixture steps = new StepFixture();
  private final PlatformFixture fixture = steps.platform;

  @TempDir Path directory;

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void umask_isThatOfTheStep() {
    assertThat(steps.output(new ResourceStep.Umask(027), "sh", "-c", "umask")).isEqualTo("0027\n");
  }

  @Test
  void limits_areSoftAndHard() {
    String text =
        steps.output(
            spec ->
                spec.addStep(ResourceStep.Limit.of(Resource.OPEN_FILES, 100))
                    .addStep(ResourceStep.Limit.soft(Resource.STACK, 1_048_576))
                    .addStep(new ResourceStep.Limit(Resource.CORE, Bound.at(0), Bound.at(7))),
            "cat",
            "/proc/self/limits");

    assertThat(text).containsPattern("Max open files +100 +100 ");
    assertThat(text).containsPattern("Max stack size +1048576 +unlimited ");
    assertThat(text).containsPattern("Max core file size +0 +7 ");
  }

  @Test
  void nice_isAddedToTheHosts() {
    int host = Integer.parseInt(steps.output(spec -> spec, "nice").strip());

    assertThat(steps.output(new ResourceStep.Nice(5), "nice").strip())
        .isEqualTo(Integer.toString(Math.min(19, host + 5)));
  }

  @Test
  void scheduling_isThatOfTheSteps() {
    Assumed.tools("ionice", "chrt");
    var io = new IoScheduling(IoScheduling.IoClass.BEST_EFFORT, 6);
    var idle = new IoScheduling(IoScheduling.IoClass.IDLE, 0);
    var batch = new CpuScheduling(CpuScheduling.Policy.BATCH, 0);

    assertThat(steps.output(io, "ionice")).isEqualTo("best-effort: prio 6\n");
    assertThat(steps.output(idle, "ionice")).isEqualTo("idle\n");
    assertThat(steps.output(batch, "sh", "-c", "chrt -p $$")).contains("SCHED_BATCH");
  }

  @Test
  void affinity_isThatOfTheStep() {
    Assumed.tools("taskset");
    var first = new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0)));

    assertThat(steps.output(first, "grep", "Cpus_allowed_list", "/proc/self/status"))
        .isEqualTo("Cpus_allowed_list:\t0\n");
  }

  @Test
  void cgroup_isJoined() throws IOException {
    Path group = writableCgroup();
    try {
      String text = steps.output(new ResourceStep.Cgroup(group), "cat", "/proc/self/cgroup");

      assertThat(text).contains("/" + group.getFileName());
    } finally {
      fixture.await("an empty group", () -> deleted(group));
    }
  }

  private static boolean deleted(Path group) {
    try {
      return Files.deleteIfExists(group) || !Files.exists(group);
    } catch (IOException e) {
      return false; // still a process in it
    }
  }

  private static Path writableCgroup() {
    for (String parent : List.of("unified", "", "cpu")) {
      try {
        return Files.createDirectory(
            Path.of("/sys/fs/cgroup", parent, "step-test-" + ProcessHandle.current().pid()));
      } catch (IOException e) {
        // The next one may be writable.
      }
    }
    assumeTrue(false, "no control group can be made here");
    throw new AssertionError();
  }

  @Test
  void preLaunch_runsBeforeInTheSameContext_andItsFailurePreventsTheProgram() {
    var first =
        new ProgramStep.PreLaunch(Command.of("sh", "-c", "umask; echo \"$1\"", "", "a 'b\n"));
    var failing = new ProgramStep.PreLaunch(Command.of("sh", "-c", "exit 42"));
    var killed = new ProgramStep.PreLaunch(Command.of("sh", "-c", "kill -KILL $$"));

    assertThat(
            steps.output(
                spec -> spec.addStep(first).addStep(new ResourceStep.Umask(07)).addStep(first),
                "echo",
                "program"))
        .isEqualTo("0007\na 'b\n\n0007\na 'b\n\nprogram\n");
    assertThat(exitWithMark(failing)).isEqualTo(new ExitStatus.Exited(42));
    assertThat(exitWithMark(killed)).isEqualTo(new ExitStatus.Exited(137));
    assertThat(directory.resolve("mark")).doesNotExist();
  }

  private ExitStatus exitWithMark(LaunchStep step) {
    String mark = directory.resolve("mark").toString();
    return fixture.awaitExit(fixture.launch(spec -> spec.addStep(step), "touch", mark));
  }

  @Test
  void argumentZero_isTheNameOfTheStep_withAndWithoutAChain() {
    var name = new ProgramStep.ArgumentZero("-a name");

    assertThat(steps.output(name, "cat", "/proc/self/cmdline"))
        .isEqualTo("-a name\0/proc/self/cmdline\0");
    assumeTrue(Assumed.hasTool("chpst") || Assumed.hasTool("perl"), "tool missing: perl");
    assertThat(
            steps.output(
                spec -> spec.addStep(name).addStep(new ResourceStep.Nice(1)),
                "cat",
                "/proc/self/cmdline"))
        .isEqualTo("-a name\0/proc/self/cmdline\0");
  }
}
