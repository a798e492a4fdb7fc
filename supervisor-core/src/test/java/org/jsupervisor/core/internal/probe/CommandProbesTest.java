package org.jsupervisor.core.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.Watchdog;
import org.junit.jupiter.api.Test;

/** One command at a time for each child, and its answer is about the run that it was asked for. */
class CommandProbesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final ChildId CHILD = ChildId.of("c");

  /** Does nothing but to write down what it is told. */
  private static final class Recorder implements Platform {
    private final List<LaunchRequest> launches = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 3_000_000_000L;

    @Override
    public Ticker ticker() {
      return () -> nowNanos;
    }

    @Override
    public void launch(LaunchRequest request) {
      launches.add(request);
    }

    @Override
    public void signal(Incarnation incarnation, Signal signal) {}

    @Override
    public void stop(Incarnation incarnation, Signal signal) {
      stops.add(incarnation.number() - CommandProbes.FIRST_NUMBER + " " + signal);
    }

    @Override
    public void endInput(Incarnation incarnation) {}

    @Override
    public void retireInput(ChildId consumer) {}

    @Override
    public boolean supports(Signal signal) {
      return true;
    }

    @Override
    public void retire(OutputSink sink) {}

    @Override
    public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {}

    @Override
    public void wakeUp() {}

    @Override
    public void close() {}
  }

  private final Recorder platform = new Recorder();
  private final List<Incarnation> ready = new ArrayList<>();
  private final Answers answers = new Answers(() -> {});
  private final CommandProbes probes = new CommandProbes(platform, answers);

  private static ProcessSpec spec() {
    return ProcessSpec.builder("c", "daemon", "secret")
        .addVariable("A", "b")
        .withReadiness(
            ReadinessSpec.probed(Probe.command("ask", "-q"))
                .withInterval(INTERVAL)
                .withTimeout(TIMEOUT))
        .withWatchdog(Watchdog.every(TIMEOUT))
        .build();
  }

  private static Incarnation run(long number) {
    return new Incarnation(CHILD, number);
  }

  private CommandProbesTest begin(long run) {
    probes.begin(run(run), spec());
    return work();
  }

  private CommandProbesTest work() {
    probes.work();
    answers.take(ready::add);
    return this;
  }

  private CommandProbesTest pass(Duration time) {
    platform.nowNanos += time.toNanos();
    return work();
  }

  private Incarnation last() {
    return platform.launches.get(platform.launches.size() - 1).incarnation();
  }

  private CommandProbesTest report(PlatformReport report) {
    assertThat(CommandProbes.isCommand(report.incarnation())).isTrue();
    probes.keep(report);
    return work();
  }

  private CommandProbesTest launched() {
    return report(new PlatformReport.Launched(last(), new Pid(9)));
  }

  private CommandProbesTest exits(int code) {
    return report(new PlatformReport.Exited(last(), new ExitStatus.Exited(code)));
  }

  private long waitNanos() {
    return probes.waitNanos(platform.nowNanos, Long.MAX_VALUE);
  }

  @Test
  void command_isRunAsTheChildIs_withoutItsOutputAndWatchdog() {
    begin(1);
    LaunchRequest request = platform.launches.get(0);
    assertThat(request.output()).isEqualTo(new OutputTarget.Null());
    assertThat(request.spec().command().argv()).containsExactly("ask", "-q");
    assertThat(request.spec().environment()).isEqualTo(spec().environment());
    assertThat(request.spec().directory()).isEqualTo(spec().directory());
    assertThat(request.spec().watchdog()).isEqualTo(Watchdog.off());
    assertThat(request.spec().readiness()).isEqualTo(ReadinessSpec.atLaunch());
  }

  /** The lock is the child's, and its file would be emptied, by each attempt. */
  @Test
  void command_runsWhereAndAsWhomTheChildDoes_butWhatIsDoneForTheChildIsNotDoneAgain() {
    Path file = Path.of("/run/c");
    LaunchStep user = PrivilegeStep.User.of("www-data");
    LaunchStep umask = new ResourceStep.Umask(022);
    ProcessSpec stepped =
        spec().toBuilder()
            .addStep(umask)
            .addStep(user)
            .addStep(new FileStep.Lock(file, FileStep.Lock.IfTaken.FAILS))
            .addStep(FileStep.RunDirectory.of(file))
            .addStep(FileStep.Redirect.truncate(FileStep.Redirect.Stream.STDERR, file))
            .addStep(new ProgramStep.PreLaunch(Command.of("migrate")))
            .addStep(new ProgramStep.ArgumentZero("c"))
            .withHostDeath(HostDeath.SURVIVE)
            .build();

    probes.begin(run(1), stepped);
    work();

    ProcessSpec asked = platform.launches.get(0).spec();
    assertThat(asked.steps()).containsExactly(umask, user);
    assertThat(asked.hostDeath()).isEqualTo(HostDeath.DIE);
  }

  @Test
  void commandThatReturnsZero_isTheAnswer_andTheLast() {
    begin(1).launched().exits(0).pass(Duration.ofHours(1));
    assertThat(ready).containsExactly(run(1));
    assertThat(platform.launches).hasSize(1);
    assertThat(waitNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void commandThatFails_isFollowedByAnother_afterTheInterval() {
    begin(1).launched().exits(1);
    assertThat(waitNanos()).isEqualTo(INTERVAL.toNanos());
    pass(INTERVAL.minusNanos(1));
    assertThat(platform.launches).hasSize(1);
    pass(Duration.ofNanos(1));
    assertThat(platform.launches).hasSize(2);
    assertThat(ready).isEmpty();
  }

  @Test
  void commandThatCannotBeLaunched_isNoAnswer() {
    begin(1);
    LaunchFailure failure = new LaunchFailure(LaunchFault.CHILD, "ENOENT", "ask", "no");
    report(new PlatformReport.LaunchFailed(last(), failure)).pass(INTERVAL);
    assertThat(platform.launches).hasSize(2);
    assertThat(ready).isEmpty();
  }

  @Test
  void commandThatTakesTooLong_isKilledOnce_andNoneFollowsBeforeItsEnd() {
    begin(1).launched().pass(TIMEOUT);
    assertThat(platform.stops).containsExactly("0 KILL");
    assertThat(waitNanos()).isEqualTo(Long.MAX_VALUE);
    pass(Duration.ofHours(1));
    assertThat(platform.launches).hasSize(1);
    assertThat(platform.stops).hasSize(1);
    exits(0);
    assertThat(ready).as("too late").isEmpty();
    assertThat(pass(INTERVAL).platform.launches).hasSize(2);
  }

  @Test
  void commandWhoseLaunchHangs_isKilledWhenItIsThere() {
    begin(1).pass(TIMEOUT);
    assertThat(platform.stops).isEmpty();
    launched();
    assertThat(platform.stops).containsExactly("0 KILL");
  }

  @Test
  void runThatIsOver_hasItsCommandKilled_andHearsNoAnswer() {
    begin(1).launched();
    probes.end(run(1));
    assertThat(work().platform.stops).containsExactly("0 KILL");
    exits(0).pass(Duration.ofHours(1));
    assertThat(ready).isEmpty();
    assertThat(platform.launches).hasSize(1);
  }

  @Test
  void nextRun_waitsForTheCommandOfTheLast_andItsAnswerDoesNotCount() {
    begin(1).launched();
    probes.end(run(1));
    begin(2);
    assertThat(platform.launches).as("never two").hasSize(1);
    exits(0);
    assertThat(ready).isEmpty();
    assertThat(platform.launches).as("at once").hasSize(2);
    launched().exits(0);
    assertThat(ready).containsExactly(run(2));
  }

  @Test
  void endOfAnOldRun_isNotThatOfTheNew() {
    begin(1);
    probes.begin(run(2), spec());
    probes.end(run(1));
    launched().exits(1).launched().exits(0);
    assertThat(ready).containsExactly(run(2));
  }
}
