package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.FileStep.Redirect;
import org.junit.jupiter.api.Test;

/** What a launch step may be, and which may stand together. */
class LaunchStepTest {
  private static final Path FILE = Path.of("/run/file");

  @Test
  void paths_mustBeAbsolute() {
    Path relative = Path.of("run/file");

    assertRefused("step cgroup", "run/file", () -> new ResourceStep.Cgroup(relative));
    assertRefused("step chroot", "run/file", () -> new PrivilegeStep.Chroot(relative));
    assertRefused("step fifo", "run/file", () -> FileStep.Fifo.of(relative));
    assertRefused("step run-directory", "run/file", () -> FileStep.RunDirectory.of(relative));
    assertRefused(
        "step environment-directory", "run/file", () -> FileStep.EnvironmentDirectory.of(relative));
    assertRefused(
        "step lock", "run/file", () -> new FileStep.Lock(relative, FileStep.Lock.IfTaken.WAITS));
    assertRefused("step redirect", "run/file", () -> Redirect.input(relative));
  }

  @Test
  void numbers_mustBeWithinTheirBounds() {
    assertRefused("step umask", "1000", () -> new ResourceStep.Umask(01000));
    assertRefused("step umask", "37777777777", () -> new ResourceStep.Umask(-1));
    assertRefused("step nice", "20", () -> new ResourceStep.Nice(20));
    assertRefused("step nice", "-21", () -> new ResourceStep.Nice(-21));
    assertRefused(
        "step io-scheduling", "8", () -> io(ResourceStep.IoScheduling.IoClass.REALTIME, 8));
    assertRefused("step io-scheduling", "1", () -> io(ResourceStep.IoScheduling.IoClass.IDLE, 1));
    assertRefused(
        "step cpu-scheduling", "1", () -> cpu(ResourceStep.CpuScheduling.Policy.BATCH, 1));
    assertRefused("step cpu-scheduling", "0", () -> cpu(ResourceStep.CpuScheduling.Policy.FIFO, 0));
    assertRefused("step cpu-affinity", "-1", () -> processors(Set.of(-1, 3)));
    assertRefused("step cpu-affinity", "8192", () -> processors(Set.of(0, 8192)));
    assertRefused("step cpu-affinity", "must name", () -> processors(Set.of()));
    assertRefused("bound", "-1", () -> Bound.at(-1));
  }

  private static ResourceStep io(ResourceStep.IoScheduling.IoClass ioClass, int level) {
    return new ResourceStep.IoScheduling(ioClass, level);
  }

  private static ResourceStep cpu(ResourceStep.CpuScheduling.Policy policy, int priority) {
    return new ResourceStep.CpuScheduling(policy, priority);
  }

  private static ResourceStep processors(Set<Integer> numbers) {
    return new ResourceStep.CpuAffinity(new TreeSet<>(numbers));
  }

  @Test
  void limit_mustChangeSomething_andSoftMustNotExceedHard() {
    assertRefused(
        "step limit nofile", "must change", () -> limit(Bound.UNCHANGED, Bound.UNCHANGED));
    assertRefused("step limit nofile", "2:1", () -> limit(Bound.at(2), Bound.at(1)));
    assertRefused("step limit nofile", "unlimited:1", () -> limit(Bound.UNLIMITED, Bound.at(1)));

    assertThatCode(() -> limit(Bound.at(2), Bound.UNLIMITED)).doesNotThrowAnyException();
    assertThatCode(() -> limit(Bound.UNLIMITED, Bound.UNCHANGED)).doesNotThrowAnyException();
  }

  private static ResourceStep limit(Bound soft, Bound hard) {
    return new ResourceStep.Limit(Resource.OPEN_FILES, soft, hard);
  }

  @Test
  void accounts_areAllToldWhenTheyAreNoNames() {
    assertThatThrownBy(
            () ->
                new PrivilegeStep.User(
                    "-root", Optional.of("a b"), Optional.of(List.of("", "wheel", "99999999999"))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("-root")
        .hasMessageContaining("a b")
        .hasMessageContaining("99999999999")
        .hasMessageStartingWith("4 problems");
    assertRefused(
        "step fifo",
        "4294967295",
        () -> new FileStep.Fifo(FILE, Optional.of("4294967295"), Optional.empty(), 0600));
    assertThatCode(() -> PrivilegeStep.User.of("4294967294")).doesNotThrowAnyException();
  }

  @Test
  void capabilities_areNamesWithoutPrefix_andAmbientOnesAreKept() {
    assertRefused(
        "step capabilities",
        "cap_kill",
        () -> new PrivilegeStep.Capabilities(new TreeSet<>(Set.of("cap_kill")), new TreeSet<>()));
    assertRefused(
        "step capabilities",
        "kill",
        () -> new PrivilegeStep.Capabilities(new TreeSet<>(), new TreeSet<>(Set.of("kill"))));
  }

  @Test
  void redirect_readsStdinOnly() {
    for (Redirect.Stream stream : Redirect.Stream.values()) {
      for (Redirect.Opening opening : Redirect.Opening.values()) {
        ThrowingCallable made = () -> new Redirect(stream, FILE, opening, 0600);
        if ((stream == Redirect.Stream.STDIN) == (opening == Redirect.Opening.READ)) {
          assertThatCode(made).doesNotThrowAnyException();
        } else {
          assertRefused("step redirect", stream.name(), made);
        }
      }
    }
  }

  @Test
  void signalsAndNames_mustBeUsable() {
    assertRefused(
        "step parent-death", "RTMIN+1", () -> new ProgramStep.ParentDeath(new Signal("RTMIN+1")));
    assertRefused("step parent-death", "9", () -> new ProgramStep.ParentDeath(new Signal("9")));
    assertRefused("step argument-zero", "must have", () -> new ProgramStep.ArgumentZero(""));
    assertRefused("step argument-zero", "a", () -> new ProgramStep.ArgumentZero("a\0b"));
  }

  @Test
  void twoOfAKind_areRefused_whereTheyWouldContradict() {
    assertThatThrownBy(
            () ->
                spec()
                    .addStep(new ResourceStep.Umask(022))
                    .addStep(ResourceStep.Limit.soft(Resource.CORE, 0))
                    .addStep(new ResourceStep.Umask(027))
                    .addStep(ResourceStep.Limit.of(Resource.CORE, 1))
                    .addStep(ResourceStep.Limit.of(Resource.STACK, 1))
                    .build())
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith("2 problems")
        .hasMessageContaining("child 'web': step umask: must not be there twice")
        .hasMessageContaining("child 'web': step limit: must not be there twice");
  }

  @Test
  void severalPreLaunchCommands_mayBeTheSame() {
    var command = new ProgramStep.PreLaunch(Command.of("true"));

    assertThat(spec().addStep(command).addStep(command).build().steps()).hasSize(2);
  }

  @Test
  void bothStreamsRedirected_isRefusedWithAnOutput() {
    ProcessSpec.Builder both =
        spec()
            .addStep(Redirect.append(Redirect.Stream.STDOUT, FILE))
            .addStep(Redirect.append(Redirect.Stream.STDERR, FILE));

    assertThatCode(both::build).doesNotThrowAnyException();
    assertThatThrownBy(() -> both.withOutput(OutputSpec.logged(Path.of("/log"))).build())
        .hasMessageContaining("child 'web': step redirect");
  }

  @Test
  void moreThanAHundredSteps_areRefused() {
    ProcessSpec.Builder builder = spec();
    for (int i = 0; i < 101; i++) {
      builder.addStep(new ProgramStep.PreLaunch(Command.of("true")));
    }

    assertRefused("child 'web': steps", "101", builder::build);
  }

  @Test
  void specsWithEqualSteps_areEqual() {
    ProcessSpec one = spec().addStep(PrivilegeStep.User.of("www").withGroup("web")).build();
    ProcessSpec same = spec().addStep(PrivilegeStep.User.of("www").withGroup("web")).build();
    ProcessSpec other = spec().addStep(PrivilegeStep.User.of("www")).build();

    assertThat(one.steps()).isEqualTo(same.steps()).isNotEqualTo(other.steps());
    assertThat(one.steps()).hasSameHashCodeAs(same.steps());
  }

  @Test
  void preLaunch_doesNotShowItsArguments() {
    var step = new ProgramStep.PreLaunch(Command.of("prog", "--password=secret"));

    assertThat(step.toString()).contains("prog").doesNotContain("secret");
  }

  private static ProcessSpec.Builder spec() {
    return ProcessSpec.builder("web", "true");
  }

  private static void assertRefused(String path, String detail, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith(path)
        .hasMessageContaining(detail);
  }
}
