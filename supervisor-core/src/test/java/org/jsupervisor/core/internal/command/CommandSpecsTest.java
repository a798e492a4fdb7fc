package org.jsupervisor.core.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FileStep.Redirect;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.SignalPrograms;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;

/** What a command has of the child that it is run for, and what not. */
class CommandSpecsTest {
  private static final Path FILE = Path.of("/run/c");
  private static final Command COMMAND = Command.of("tidy-up", "-q");

  private static final LaunchStep UMASK = new ResourceStep.Umask(022);
  private static final LaunchStep USER = PrivilegeStep.User.of("www-data");
  private static final LaunchStep RUN_DIRECTORY = FileStep.RunDirectory.of(FILE);
  private static final Redirect APPENDED = Redirect.append(Redirect.Stream.STDERR, FILE);

  private static ProcessSpec.Builder child() {
    return ProcessSpec.builder("c", "daemon", "secret")
        .addVariable("A", "b")
        .withDirectory(FILE)
        .withLeftovers(Leftovers.KEPT)
        .withHostDeath(HostDeath.SURVIVE)
        .withWatchdog(Watchdog.every(Duration.ofSeconds(1)))
        .withReadiness(ReadinessSpec.notified(3))
        .withFinish(FinishSpec.of(FinishSpec.Style.NONE, COMMAND));
  }

  private static ProcessSpec stepped() {
    return child()
        .addStep(UMASK)
        .addStep(USER)
        .addStep(new FileStep.Lock(FILE, FileStep.Lock.IfTaken.FAILS))
        .addStep(RUN_DIRECTORY)
        .addStep(Redirect.input(FILE))
        .addStep(Redirect.truncate(Redirect.Stream.STDOUT, FILE))
        .addStep(APPENDED)
        .addStep(new ProgramStep.PreLaunch(Command.of("migrate")))
        .addStep(new ProgramStep.ArgumentZero("c"))
        .build();
  }

  @Test
  void afterIt_isRunAsTheChildIs_butSaysNothingAndReadsNothing() {
    ProcessSpec child = child().withInput(InputSpec.fed()).build();
    ProcessSpec spec = CommandSpecs.after(child, COMMAND);

    assertThat(spec.command()).isEqualTo(COMMAND);
    assertThat(spec.environment()).isEqualTo(child.environment());
    assertThat(spec.directory()).isEqualTo(child.directory());
    assertThat(spec.leftovers()).isEqualTo(Leftovers.KEPT);
    assertThat(spec.hostDeath()).isEqualTo(HostDeath.DIE);
    assertThat(spec.readiness()).isEqualTo(ReadinessSpec.atLaunch());
    assertThat(spec.watchdog()).isEqualTo(Watchdog.off());
    assertThat(spec.stop()).isEqualTo(StopSpec.defaults());
    assertThat(spec.input()).isEqualTo(InputSpec.none());
    assertThat(spec.finish()).isEmpty();
  }

  @Test
  void afterIt_hasAllSteps_butThoseOfTheProgramAlone_andEmptiesNoFile() {
    assertThat(CommandSpecs.after(stepped(), COMMAND).steps())
        .containsExactly(
            UMASK, USER, RUN_DIRECTORY, Redirect.append(Redirect.Stream.STDOUT, FILE), APPENDED);
  }

  @Test
  void besideIt_hasOnlyTheStepsThatSayWhereAndAsWhom_andLeavesNothing() {
    ProcessSpec spec = CommandSpecs.beside(stepped(), COMMAND);
    assertThat(spec.steps()).containsExactly(UMASK, USER);
    assertThat(spec.leftovers()).isEqualTo(Leftovers.KILLED);
    assertThat(spec.finish()).isEmpty();
  }

  @Test
  void insteadOfASignal_isRunBesideIt_butWritesWhereItWrites_withoutEmptyingAFile() {
    SignalPrograms programs = SignalPrograms.of(Map.of(Signal.TERM, COMMAND));
    ProcessSpec child = stepped().toBuilder().withSignalPrograms(programs).build();
    ProcessSpec spec = CommandSpecs.instead(child, COMMAND).build();
    assertThat(spec.steps())
        .containsExactly(UMASK, USER, Redirect.append(Redirect.Stream.STDOUT, FILE), APPENDED);
    assertThat(spec.leftovers()).isEqualTo(Leftovers.KEPT);
    assertThat(spec.signalPrograms()).isEqualTo(SignalPrograms.none());
    assertThat(spec.finish()).isEmpty();
  }

  /** Whoever adds a kind of step decides on both; this tells that one was decided the same way. */
  @Test
  void whatIsLeftOutAfterIt_isLeftOutBesideIt() {
    Set<LaunchStep.Kind> beside = kinds(CommandSpecs.beside(stepped(), COMMAND).steps());
    assertThat(kinds(CommandSpecs.after(stepped(), COMMAND).steps())).containsAll(beside);
  }

  private static Set<LaunchStep.Kind> kinds(List<LaunchStep> steps) {
    return steps.stream()
        .map(LaunchStep::kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(LaunchStep.Kind.class)));
  }
}
