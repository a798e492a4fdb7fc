package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.guard.RunToken;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuAffinity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a chain of tools must not do to a program: its words, variables, descriptors and place. */
@EnabledOnOs(OS.LINUX)
class StepSafetyTest {
  private static final String PATH = StepFixture.PATH;
  private static final Map<String, String> HOST =
      Map.of("PATH", PATH, "SECRET", "s3cr3t", "PWD", "/stale", "SHLVL", "7", "LANG", "C");

  private final StepFixture steps = new StepFixture(HOST);
  private final PlatformFixture fixture = steps.platform;

  @TempDir Path directory;

  @AfterEach
  void close() {
    steps.close();
  }

  /** One of each kind that needs no privilege. */
  private ProcessSpec.Builder longChain(ProcessSpec.Builder spec) {
    return spec.addStep(new ProgramStep.PreLaunch(Command.of("true", "-x", "")))
        .addStep(ResourceStep.Limit.soft(Resource.CORE, 0))
        .addStep(new CpuAffinity(new TreeSet<>(Set.of(0))))
        .addStep(new ResourceStep.CpuScheduling(ResourceStep.CpuScheduling.Policy.BATCH, 0))
        .addStep(new ResourceStep.IoScheduling(ResourceStep.IoScheduling.IoClass.BEST_EFFORT, 4))
        .addStep(new ResourceStep.Nice(1))
        .addStep(new FileStep.Lock(directory.resolve("-a lock"), FileStep.Lock.IfTaken.FAILS))
        .addStep(new ResourceStep.Umask(022));
  }

  @Test
  void f52_arguments_reachTheProgramUnharmed() {
    CollectingSink sink = new CollectingSink();
    String[] strange = {
      "printf", "[%s]", "-x", "--", "", " a  b ", "$HOME `id` $(id)", "'\"\\", "a\nb\n", "*", "hé €"
    };
    Incarnation run = fixture.launch(new OutputTarget.Piped(sink), this::longChain, strange);

    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text())
        .isEqualTo("[-x][--][][ a  b ][$HOME `id` $(id)]['\"\\][a\nb\n][*][hé €]");
  }

  @Test
  void f52_programsWithStrangeNames_areExecuted() throws IOException {
    for (String name : List.of("-n", "a=b", "two words", "$(id)", "a\nb", "--")) {
      script(name, "#!/bin/sh\nprintf '%s|' \"$0\" \"$@\"\n");
      Path file = directory.resolve(name);

      assertThat(steps.output(this::longChain, file.toString(), "-c")).isEqualTo(file + "|-c|");
      assertThat(steps.output(this::inDirectory, "./" + name, "-c"))
          .isEqualTo("./" + name + "|-c|");
    }
  }

  @Test
  void f52_relativeElementsOfThePath_areNoOptions() throws IOException {
    Files.createDirectory(directory.resolve("-p"));
    Path program = script("-p/own", "#!/bin/sh\necho \"$0\"\n");
    UnaryOperator<ProcessSpec.Builder> relative =
        spec -> inDirectory(spec).withEnvironment(Environment.empty().with("PATH", "-p:" + PATH));

    assertThat(steps.output(relative, "own")).isEqualTo("./-p/own\n");
    assertThat(program).exists();
  }

  private ProcessSpec.Builder inDirectory(ProcessSpec.Builder spec) {
    return longChain(spec).withDirectory(directory);
  }

  @Test
  void f51_environment_isExactlyTheProgramsOwn() {
    Environment listed =
        Environment.inheritOnly(Set.of("LANG", "SHLVL")).with("own", "x y").with("IFS", "-");

    assertThat(variables(this::longChain, listed))
        .containsExactlyInAnyOrder("LANG=C", "SHLVL=7", "own=x y", "IFS=-");
    assertThat(variables(this::longChain, Environment.empty())).isEmpty();
    assertThat(variables(this::longChain, Environment.inheritAll()))
        .containsExactlyInAnyOrder(
            "PATH=" + PATH, "SECRET=s3cr3t", "PWD=/stale", "SHLVL=7", "LANG=C");
  }

  @Test
  void f51_commandBeforeTheProgram_hasItsEnvironment() {
    var before = new ProgramStep.PreLaunch(Command.of("cat", "/proc/self/environ"));
    Environment listed = Environment.inheritOnly(Set.of("PATH"));

    assertThat(
            steps.output(
                spec -> spec.withEnvironment(listed).addStep(before), "cat", "/proc/self/environ"))
        .matches("(PATH=" + PATH + "\0JSUPERVISOR_RUN=[^\0]+\0){2}");
  }

  @Test
  void f51_variablesThatAShellWouldDrop_arrive() {
    Assumed.tools("perl");
    Environment strange =
        Environment.empty().with("a.b", "1").with("BASH_FUNC_umask%%", "() { exit 5; }");

    assertThat(variables(this::longChain, strange))
        .containsExactlyInAnyOrder("a.b=1", "BASH_FUNC_umask%%=() { exit 5; }");
  }

  @Test
  void variablesThatLoadCode_reachTheProgramOnly() {
    // The loader complains on stderr in every program that has this one.
    Environment environment = Environment.empty().with("LD_PRELOAD", "/nowhere/lib.so");
    CollectingSink sink = new CollectingSink();
    Incarnation run =
        fixture.launch(
            new OutputTarget.Piped(sink),
            spec ->
                spec.withEnvironment(environment)
                    .addStep(new ResourceStep.Umask(022))
                    .addStep(new ResourceStep.Nice(1)),
            "printenv",
            "LD_PRELOAD");
    fixture.await(PlatformReport.OutputEnded.class, run);

    assertThat(sink.text().lines().filter(line -> line.contains("cannot be preloaded"))).hasSize(1);
    assertThat(sink.text()).endsWith("/nowhere/lib.so\n");
  }

  private List<String> variables(UnaryOperator<ProcessSpec.Builder> with, Environment environment) {
    String text =
        steps.output(
            spec -> with.apply(spec).withEnvironment(environment), "cat", "/proc/self/environ");
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split("\0", -1))
            .filter(v -> !v.isEmpty() && !v.startsWith(RunToken.VARIABLE + "="))
            .toList();
  }

  @Test
  void f51_environmentDirectory_isReadAsItsRulesSay() throws IOException {
    Files.writeString(directory.resolve("PLAIN"), "value \t\nsecond line\n");
    Files.writeString(directory.resolve("LINES"), "one\0two");
    Files.writeString(directory.resolve("BLANK"), "\n");
    Files.writeString(directory.resolve("SECRET"), "");
    Files.writeString(directory.resolve("SHLVL"), " 9");
    Files.writeString(directory.resolve(".hidden"), "x");

    List<String> found =
        variables(
            spec -> spec.addStep(FileStep.EnvironmentDirectory.of(directory)),
            Environment.inheritOnly(Set.of("SECRET", "SHLVL")).with("PLAIN", "spec's"));

    assertThat(found)
        .containsExactlyInAnyOrder("PLAIN=value", "LINES=one\ntwo", "BLANK=", "SHLVL= 9");
  }

  /** A listing of another child's variables would make its leftovers those of another run. */
  @Test
  void environmentDirectory_doesNotReplaceWhatMarksTheRun_norItsSocket() throws IOException {
    Files.writeString(directory.resolve(RunToken.VARIABLE), "stale");
    Files.writeString(directory.resolve("NOTIFY_SOCKET"), "@stale");
    Files.writeString(directory.resolve("WATCHDOG_PID"), "1");
    UnaryOperator<ProcessSpec.Builder> notified =
        spec ->
            spec.withReadiness(ReadinessSpec.notifiedBySocket())
                .withEnvironment(Environment.empty())
                .addStep(FileStep.EnvironmentDirectory.of(directory));

    assertThat(steps.output(notified, "/bin/cat", "/proc/self/environ"))
        .matches("JSUPERVISOR_RUN=[0-9a-f]{32}\\.d\\.1\\.\0NOTIFY_SOCKET=@jsupervisor/[^\0]+\0");
  }

  @Test
  void environmentDirectory_decidesWhereTheProgramIsFound() throws IOException {
    script("own", "#!/bin/sh\necho found\n");
    Path env = Files.createDirectory(directory.resolve("env"));
    Files.writeString(env.resolve("PATH"), directory.toString());

    assertThat(steps.output(spec -> spec.addStep(FileStep.EnvironmentDirectory.of(env)), "own"))
        .isEqualTo("found\n");
  }

  @Test
  void secrets_areInNoText() throws IOException {
    Files.writeString(directory.resolve("TOKEN"), "hush-hush");
    Files.writeString(directory.resolve("BAD"), "hush-hush\0".repeat(20_000));
    Incarnation run =
        fixture.launch(
            spec ->
                spec.addStep(FileStep.EnvironmentDirectory.of(directory))
                    .addStep(new ResourceStep.Umask(0)),
            "/nowhere/prog",
            "hush-hush");

    assertThat(fixture.awaitFailure(run).toString()).contains("BAD").doesNotContain("hush");
  }

  @Test
  void notificationDescriptorSessionAndDirectory_surviveTheChain() throws IOException {
    for (int number : new int[] {3, 4, 57}) {
      Incarnation run =
          fixture.launch(
              spec ->
                  inDirectory(spec)
                      .withReadiness(new ReadinessSpec.Notified(number, Duration.ofSeconds(60))),
              "bash",
              "-c",
              "echo >&" + number + "; exec sleep 60");
      Pid pid = fixture.awaitLaunched(run);
      fixture.await(PlatformReport.Notified.class, run);

      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      assertThat(fields.subList(2, 4)).containsExactly("" + pid, "" + pid);
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString())
          .isEqualTo(directory.toRealPath().toString());
      fixture.platform.signal(run, Signal.KILL);
      fixture.awaitExit(run);
    }
  }

  @Test
  void descriptors_areStdioAndTheLockOnly() {
    awaitDescriptors(fixture.launch(this::longChain, "sleep", "60"), "0", "1", "2", "3");
    Incarnation withoutLock =
        fixture.launch(
            spec -> spec.addStep(new ResourceStep.Umask(0)).addStep(new ResourceStep.Nice(1)),
            "sleep",
            "60");
    awaitDescriptors(withoutLock, "0", "1", "2");
  }

  /** Waits, as the tools and the loader have files open for a moment; what leaks, stays. */
  private void awaitDescriptors(Incarnation run, String... expected) {
    Pid pid = fixture.awaitLaunched(run);
    fixture.await("the program", () -> name(pid).equals("sleep"));
    fixture.await("descriptors", () -> PlatformFixture.descriptors(pid).equals(List.of(expected)));
  }

  private static String name(Pid pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path script(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
