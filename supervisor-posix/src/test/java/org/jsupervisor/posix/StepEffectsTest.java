package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
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

/** What a program sees of its launch steps, on this Linux with its tools. */
@EnabledOnOs(OS.LINUX)
class StepEffectsTest {
  private static final Map<String, String> HOST = Map.of("PATH", "/usr/sbin:/usr/bin:/bin");
  private static final String NOBODY = "65534";

  private final PlatformFixture fixture =
      new PlatformFixture(PosixOptions.defaults().withHostEnvironment(HOST));

  @TempDir Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void umask_isThatOfTheStep() {
    assertThat(output(new ResourceStep.Umask(027), "sh", "-c", "umask")).isEqualTo("0027\n");
  }

  @Test
  void limits_areSoftAndHard() {
    String text =
        output(
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
    int host = Integer.parseInt(output(spec -> spec, "nice").strip());

    assertThat(output(new ResourceStep.Nice(5), "nice").strip())
        .isEqualTo(Integer.toString(Math.min(19, host + 5)));
  }

  @Test
  void scheduling_isThatOfTheSteps() {
    assumeTool("ionice");
    assumeTool("chrt");
    var io = new IoScheduling(IoScheduling.IoClass.BEST_EFFORT, 6);
    var idle = new IoScheduling(IoScheduling.IoClass.IDLE, 0);
    var batch = new CpuScheduling(CpuScheduling.Policy.BATCH, 0);

    assertThat(output(io, "ionice")).isEqualTo("best-effort: prio 6\n");
    assertThat(output(idle, "ionice")).isEqualTo("idle\n");
    assertThat(output(batch, "sh", "-c", "chrt -p $$")).contains("SCHED_BATCH");
  }

  @Test
  void affinity_isThatOfTheStep() {
    assumeTool("taskset");
    var first = new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0)));

    assertThat(output(first, "grep", "Cpus_allowed_list", "/proc/self/status"))
        .isEqualTo("Cpus_allowed_list:\t0\n");
  }

  @Test
  void cgroup_isJoined() throws IOException {
    Path group = writableCgroup();
    try {
      String text = output(new ResourceStep.Cgroup(group), "cat", "/proc/self/cgroup");

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
  void user_isChangedWithAllItsGroups() {
    assumeRoot();
    var user = PrivilegeStep.User.of(NOBODY).withGroup("65533");
    String status = output(user.withSupplementary(List.of("4", "27")), "cat", "/proc/self/status");

    assertThat(status)
        .contains("Uid:\t65534\t65534\t65534\t65534\n")
        .contains("Gid:\t65533\t65533\t65533\t65533\n")
        .contains("Groups:\t4 27 \n")
        .contains("CapEff:\t0000000000000000\n");
    assertThat(output(user.withSupplementary(List.of()), "cat", "/proc/self/status"))
        .containsPattern("Groups:\t *\n");
  }

  @Test
  void userByName_hasWhatTheDatabaseSays() throws Exception {
    assumeRoot();
    String expected = hostOutput("id", "nobody");

    assertThat(output(PrivilegeStep.User.of("nobody"), "id")).isEqualTo(expected);
  }

  @Test
  void privileges_canAllBeGivenUpAtOnce() {
    assumeRoot();
    assumeTool("setpriv");
    String status =
        output(
            spec ->
                spec.addStep(new PrivilegeStep.NoNewPrivileges())
                    .addStep(PrivilegeStep.Capabilities.only("net_bind_service"))
                    .addStep(PrivilegeStep.User.of("nobody")),
            "cat",
            "/proc/self/status");

    assertThat(status)
        .contains("Uid:\t65534\t")
        .contains("CapBnd:\t0000000000000400\n")
        .contains("CapAmb:\t0000000000000400\n")
        .contains("CapEff:\t0000000000000400\n")
        .contains("NoNewPrivs:\t1\n");
  }

  @Test
  void capabilities_none_holdsForRoot() {
    assumeRoot();
    assumeTool("setpriv");

    assertThat(output(PrivilegeStep.Capabilities.none(), "cat", "/proc/self/status"))
        .contains("CapBnd:\t0000000000000000\n")
        .contains("CapPrm:\t0000000000000000\n");
  }

  @Test
  void parentDeath_isSetAfterTheUser() {
    assumeRoot();
    assumeTool("setpriv");
    assumeTool("perl");
    String ask =
        "my $s = pack('i', 0); syscall("
            + prctlNumber()
            + ", 2, $s, 0, 0, 0); print unpack('i', $s), \"\\n\"";
    String signal =
        output(
            spec ->
                spec.addStep(new ProgramStep.ParentDeath(Signal.TERM))
                    .addStep(PrivilegeStep.User.of("nobody")),
            "perl",
            "-e",
            ask);

    assertThat(signal).isEqualTo("15\n");
  }

  private static int prctlNumber() {
    return System.getProperty("os.arch").equals("amd64") ? 157 : 167;
  }

  @Test
  void chroot_isTheRootOfProgramAndDirectory() throws IOException {
    assumeRoot();
    Path root = Files.createDirectories(directory.resolve("new root"));
    for (String name : List.of("bin", "usr", "lib", "lib64")) {
      Path target = Path.of("/" + name).toRealPath();
      Files.createDirectories(root.resolve(name));
      assumeTrue(mounted(target, root.resolve(name)), "bind mounts are not possible here");
    }
    Files.createDirectories(root.resolve("work/here"));
    try {
      var chroot = new PrivilegeStep.Chroot(root);
      assertThat(output(chroot, "sh", "-c", "pwd; ls /"))
          .isEqualTo("/\nbin\nlib\nlib64\nusr\nwork\n");
      String elsewhere =
          output(
              spec ->
                  spec.addStep(PrivilegeStep.User.of("nobody"))
                      .addStep(chroot)
                      .addStep(new ResourceStep.Umask(077))
                      .withDirectory(Path.of("/work/here")),
              "sh",
              "-c",
              "pwd; id -u; id -G; umask");
      assertThat(elsewhere).isEqualTo("/work/here\n65534\n65534\n0077\n");
    } finally {
      for (String name : List.of("bin", "usr", "lib", "lib64")) {
        hostExit("umount", root.resolve(name).toString());
      }
    }
  }

  private static boolean mounted(Path target, Path at) {
    return hostExit("mount", "--bind", target.toString(), at.toString()) == 0;
  }

  @Test
  void lock_isHeldAsLongAsTheProgramLives_andFailsAtOnceIfItIsTaken() {
    Path file = directory.resolve("a lock");
    var fails = new FileStep.Lock(file, FileStep.Lock.IfTaken.FAILS);
    var waits = new FileStep.Lock(file, FileStep.Lock.IfTaken.WAITS);
    Path begun = directory.resolve("begun");
    Incarnation holder =
        fixture.launch(
            spec -> spec.addStep(fails),
            "sh",
            "-c",
            "echo yes >\"$1\"; exec sleep 60",
            "",
            "" + begun);
    fixture.awaitLine(begun);

    Incarnation second = fixture.launch(spec -> spec.addStep(fails), "true");
    assertThat(fixture.awaitExit(second)).isEqualTo(new ExitStatus.Exited(111));

    Incarnation third = fixture.launch(spec -> spec.addStep(waits), "true");
    fixture.awaitLaunched(third);
    assertThat(fixture.all(PlatformReport.Exited.class, third)).isEmpty();
    fixture.platform.signal(holder, Signal.KILL);
    assertThat(fixture.awaitExit(third)).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void preLaunch_runsBeforeInTheSameContext_andItsFailurePreventsTheProgram() {
    var first =
        new ProgramStep.PreLaunch(Command.of("sh", "-c", "umask; echo \"$1\"", "", "a 'b\n"));
    var failing = new ProgramStep.PreLaunch(Command.of("sh", "-c", "exit 42"));
    var killed = new ProgramStep.PreLaunch(Command.of("sh", "-c", "kill -KILL $$"));

    assertThat(
            output(
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

    assertThat(output(name, "cat", "/proc/self/cmdline"))
        .isEqualTo("-a name\0/proc/self/cmdline\0");
    assumeTrue(hasTool("chpst") || hasTool("perl"), "tool missing: perl");
    assertThat(
            output(
                spec -> spec.addStep(name).addStep(new ResourceStep.Nice(1)),
                "cat",
                "/proc/self/cmdline"))
        .isEqualTo("-a name\0/proc/self/cmdline\0");
  }

  @Test
  void redirects_appendTruncateAndShare() throws IOException {
    Path in = Files.writeString(directory.resolve("in"), "input\n");
    Path out = Files.writeString(directory.resolve("out"), "before\n");
    Path fresh = directory.resolve("fresh");
    UnaryOperator<ProcessSpec.Builder> both =
        spec ->
            spec.addStep(FileStep.Redirect.input(in))
                .addStep(FileStep.Redirect.append(FileStep.Redirect.Stream.STDOUT, out))
                .addStep(
                    new FileStep.Redirect(
                        FileStep.Redirect.Stream.STDERR,
                        fresh,
                        FileStep.Redirect.Opening.TRUNCATE,
                        0606));
    fixture.awaitExit(fixture.launch(both, "sh", "-c", "cat; echo error >&2"));

    assertThat(out).hasContent("before\ninput");
    assertThat(fresh).hasContent("error");
    assertThat((int) Files.getAttribute(fresh, "unix:mode") & 0777).isEqualTo(0606);

    UnaryOperator<ProcessSpec.Builder> shared =
        spec ->
            spec.addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDOUT, out))
                .addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDERR, out));
    fixture.awaitExit(fixture.launch(shared, "sh", "-c", "echo one; echo two >&2; echo three"));

    assertThat(out).hasContent("one\ntwo\nthree");
  }

  @Test
  void redirectOfOne_leavesTheOtherToTheOutput() {
    Path file = directory.resolve("errors");
    String text =
        output(
            FileStep.Redirect.append(FileStep.Redirect.Stream.STDERR, file),
            "sh",
            "-c",
            "echo out; echo err >&2");

    assertThat(text).isEqualTo("out\n");
    assertThat(file).hasContent("err");
  }

  @Test
  void runDirectoryAndFifo_areMadeWithOwnerAndMode() throws IOException {
    assumeRoot();
    Path run = directory.resolve("a/b/run");
    Path fifo = run.resolve("fifo");
    var nobody = Optional.of(NOBODY);
    String text =
        output(
            spec ->
                spec.addStep(new FileStep.Fifo(fifo, nobody, nobody, 0620))
                    .addStep(new FileStep.RunDirectory(run, nobody, nobody, 0750)),
            "stat",
            "-c",
            "%F %a %u %g",
            run.toString(),
            fifo.toString());

    assertThat(text).isEqualTo("directory 750 65534 65534\nfifo 620 65534 65534\n");
    assertThat(output(new FileStep.Fifo(fifo, nobody, nobody, 0600), "stat", "-c", "%a", "" + fifo))
        .isEqualTo("600\n");
  }

  @Test
  void fifoAsStdin_isOpenedWithoutWaitingForAWriter() throws IOException {
    Path fifo = directory.resolve("fifo");
    Path begun = directory.resolve("begun");
    Incarnation run =
        fixture.launch(
            spec -> spec.addStep(FileStep.Fifo.of(fifo)).addStep(FileStep.Redirect.input(fifo)),
            "sh",
            "-c",
            "echo yes >\"$1\"; read x; exit \"$x\"",
            "",
            begun.toString());
    fixture.awaitLine(begun);

    Files.writeString(fifo, "9\n", StandardOpenOption.WRITE);

    assertThat(fixture.awaitExit(run)).isEqualTo(new ExitStatus.Exited(9));
  }

  private String output(LaunchStep step, String... command) {
    return output(spec -> spec.addStep(step), command);
  }

  private String output(UnaryOperator<ProcessSpec.Builder> with, String... command) {
    CollectingSink sink = new CollectingSink();
    Incarnation run = fixture.launch(new OutputTarget.Piped(sink), with, command);
    fixture.await(
        "an outcome",
        () ->
            !fixture.all(PlatformReport.LaunchFailed.class, run).isEmpty()
                || !fixture.all(PlatformReport.OutputEnded.class, run).isEmpty());
    assertThat(fixture.all(PlatformReport.LaunchFailed.class, run)).isEmpty();
    assertThat(fixture.awaitExit(run)).as(sink.text()).isEqualTo(new ExitStatus.Exited(0));
    return sink.text();
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  private static void assumeTool(String name) {
    assumeTrue(hasTool(name), "tool missing: " + name);
  }

  private static boolean hasTool(String name) {
    return List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }

  private static String hostOutput(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  private static int hostExit(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
