package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.ExponentialBackoff;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Bound;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.FileStep.EnvironmentDirectory.IfMissing;
import org.jsupervisor.spec.FileStep.Lock.IfTaken;
import org.jsupervisor.spec.FileStep.Redirect.Opening;
import org.jsupervisor.spec.FileStep.Redirect.Stream;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.Significance;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;
import org.jsupervisor.spec.UserVariables;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Dependencies, stop ladders, host death and launch steps in a service file. */
class StepKeysTest {
  private static final String ALL =
      """
      umask = 027
      nice = -5
      user = www-data
      user.group = 33
      user.groups = adm, ssl-cert
      capabilities = net_bind_service, chown
      capabilities.ambient = net_bind_service
      no-new-privileges = yes
      chroot = /srv/jail
      limit.nofile = 1024:4096
      limit.core = unlimited
      limit.as = unchanged:2G
      io.class = idle
      cpu.policy = fifo
      cpu.priority = 3
      cpu.affinity = 0-2, 8
      cgroup = /sys/fs/cgroup/web
      lock = lock
      lock.taken = fails
      run-directory = run
      run-directory = /run/x
      run-directory.owner = www-data
      run-directory.mode = 750
      fifo = in
      fifo.group = adm
      environment.directory = env
      environment.directory.missing = ignored
      redirect.stdin = seed
      redirect.stdout = out
      redirect.opening = truncate
      redirect.mode = 600
      pre-launch = bin/check
      pre-launch.argument = -q
      argument-zero = web
      parent-death = INT
      """;

  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  private ProcessSpec spec(String keys) {
    return disk.spec(disk.file("web.properties", "command=x\n" + keys));
  }

  private Path at(String name) {
    return root.resolve(name);
  }

  @Test
  void launchSteps_areReadKeyByKey() {
    Optional<String> www = Optional.of("www-data");
    assertThat(spec(ALL).steps())
        .containsExactlyInAnyOrder(
            new ResourceStep.Umask(027),
            new ResourceStep.Nice(-5),
            PrivilegeStep.User.of("www-data")
                .withGroup("33")
                .withSupplementary(List.of("adm", "ssl-cert"))
                .withVariables(UserVariables.OF_ACCOUNT),
            new PrivilegeStep.Capabilities(
                new TreeSet<>(Set.of("net_bind_service", "chown")),
                new TreeSet<>(Set.of("net_bind_service"))),
            new PrivilegeStep.NoNewPrivileges(),
            new PrivilegeStep.Chroot(Path.of("/srv/jail")),
            new ResourceStep.Limit(Resource.OPEN_FILES, Bound.at(1024), Bound.at(4096)),
            new ResourceStep.Limit(Resource.CORE, Bound.UNLIMITED, Bound.UNLIMITED),
            new ResourceStep.Limit(Resource.ADDRESS_SPACE, Bound.UNCHANGED, Bound.at(2L << 30)),
            new ResourceStep.IoScheduling(ResourceStep.IoScheduling.IoClass.IDLE, 0),
            new ResourceStep.CpuScheduling(ResourceStep.CpuScheduling.Policy.FIFO, 3),
            new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0, 1, 2, 8))),
            new ResourceStep.Cgroup(Path.of("/sys/fs/cgroup/web")),
            new FileStep.Lock(at("lock"), IfTaken.FAILS),
            new FileStep.RunDirectory(at("run"), www, Optional.empty(), 0750),
            new FileStep.RunDirectory(Path.of("/run/x"), www, Optional.empty(), 0750),
            new FileStep.Fifo(at("in"), Optional.empty(), Optional.of("adm"), 0600),
            new FileStep.EnvironmentDirectory(at("env"), IfMissing.IGNORED),
            FileStep.Redirect.input(at("seed")),
            new FileStep.Redirect(Stream.STDOUT, at("out"), Opening.TRUNCATE, 0600),
            new ProgramStep.PreLaunch(new Command(List.of("bin/check", "-q"))),
            new ProgramStep.ArgumentZero("web"),
            new ProgramStep.ParentDeath(Signal.INT));
  }

  /** So that no step is added that files cannot say. */
  @ParameterizedTest
  @EnumSource(LaunchStep.Kind.class)
  void everyKindOfStep_canBeSaid(LaunchStep.Kind kind) {
    assertThat(spec(ALL).steps()).anyMatch(step -> step.kind() == kind);
  }

  @Test
  void dependencies_areReadWithWhatALossMeans() {
    assertThat(
            spec("needs = a, b\nneeds = c\nneeds.or-restart = d\nneeds.or-stop = e\n")
                .dependencies())
        .containsExactly(
            new Dependency("a", WhenLost.GOES_ON),
            new Dependency("b", WhenLost.GOES_ON),
            new Dependency("c", WhenLost.GOES_ON),
            new Dependency("d", WhenLost.IS_RESTARTED),
            new Dependency("e", WhenLost.IS_STOPPED));
  }

  @Test
  void otherChoices_areRead() {
    ProcessSpec spec = spec("host-death = survive\nsignificant = yes\n");
    assertThat(spec.hostDeath()).isEqualTo(HostDeath.SURVIVE);
    assertThat(spec.significance()).isEqualTo(Significance.SIGNIFICANT);
    assertThat(spec("capabilities = none\n").steps())
        .containsExactly(PrivilegeStep.Capabilities.none());
    assertThat(spec("user = a\nuser.groups = none\nuser.variables = unchanged\n").steps())
        .containsExactly(PrivilegeStep.User.of("a").withSupplementary(List.of()));
    assertThat(spec("io.class = best-effort\n").steps())
        .containsExactly(
            new ResourceStep.IoScheduling(ResourceStep.IoScheduling.IoClass.BEST_EFFORT, 4));
  }

  @Test
  void logger_isFedByTheServicesThatNameIt_andStoppedByTheEndOfItsInput() {
    ProcessSpec logger = spec("input = fed\nready = launch\nstop.kill-wait = 3s\n");
    assertThat(logger.input()).isEqualTo(InputSpec.fed());
    assertThat(logger.stop())
        .isEqualTo(new StopSpec(StopSpec.endOfInput().ladder(), Duration.ofSeconds(3)));
    assertThat(spec("input = fed\nstop.signal = INT\n").stop())
        .isEqualTo(StopSpec.of(Signal.INT, Duration.ofSeconds(10)));
    assertThat(spec("log.service = logger\n").output()).isEqualTo(OutputSpec.toChild("logger"));
  }

  @Test
  void statusesAndFactor_areRead() {
    assertThat(spec("ready=http\nready.url=http://a/\nready.statuses=200-201, 404\n").readiness())
        .isEqualTo(
            ReadinessSpec.probed(new Probe.Http(URI.create("http://a/"), Set.of(200, 201, 404))));
    assertThat(((ExponentialBackoff) backoff("restart.backoff.factor = 1.5\n")).factor())
        .isEqualTo(1.5);
  }

  private Backoff backoff(String keys) {
    return ((StandardRestartPolicy) spec(keys).restart()).backoff();
  }

  @Test
  void stopSteps_areALadder() {
    StopSpec stop =
        spec("input=written\nstop.step = end-of-input 5s\nstop.step = INT 1m\nstop.kill-wait=3s\n")
            .stop();
    assertThat(stop)
        .isEqualTo(
            new StopSpec(
                List.of(
                    StopStep.endOfInput(Duration.ofSeconds(5)),
                    StopStep.of(Signal.INT, Duration.ofMinutes(1))),
                Duration.ofSeconds(3)));
    assertThat(spec("stop.step = none\n").stop()).isEqualTo(StopSpec.killAtOnce());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "umask=8 | umask: must be 0 to 0777, octal, was '8'",
        "umask=7777 | umask: must be 0 to 777, octal, was '7777'",
        "nice=20 | nice: must be -20 to 19, was '20'",
        "nice=x | nice: must be -20 to 19, was 'x'",
        "user=a b | user: must be the name or the number of a user or group, was 'a b'",
        "user.group=a | user.group: needs user",
        "user.groups=a | user.groups: needs user",
        "user.variables=account | user.variables: needs user",
        "capabilities.ambient=chown | capabilities.ambient: needs capabilities",
        "capabilities=CAP_CHOWN | capabilities: must be a name such as net_bind_service, was"
            + " 'CAP_CHOWN'",
        "limit.files=1 | limit.files: must be a limit of as, core, cpu, data, fsize, locks,"
            + " memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack",
        "limit.nofile=1K | limit.nofile: must be SOFT:HARD or one for both, each a number (with K,"
            + " M or G for bytes), unlimited or unchanged, was '1K'",
        "limit.nofile=2:1 | limit.nofile: soft must not be above hard, was '2:1'",
        "limit.as=999999999999999G | limit.as: must be SOFT:HARD",
        "io.level=1 | io.level: needs io.class",
        "io.class=idle\\nio.level=1 | io.level: must be 0 to 0, was '1'",
        "cpu.policy=fifo | cpu.policy: must be 1 to 99, was '0'",
        "cpu.priority=1 | cpu.priority: needs cpu.policy",
        "cpu.affinity=3-1 | cpu.affinity: must be numbers and ranges of them with commas between,"
            + " as in 0-3, 8, was '3-1'",
        "cpu.affinity=9000 | cpu.affinity: must be 0 to 8191, was '9000'",
        "restart.backoff.factor=x | restart.backoff.factor: must be a number with at most three"
            + " decimals, as in 1.5, was 'x'",
        "restart.backoff.factor=0.5 | restart.backoff.factor: must be",
        "restart.backoff=linear\\nrestart.backoff.factor=2 | restart.backoff.factor: is for"
            + " restart.backoff=exponential only, was '2'",
        "ready.statuses=200 | ready.statuses: is for ready=http only",
        "log.service=web log | log.service: must be the name of a service, was 'web log'",
        "needs=web log | needs: must be words with commas between, was 'web log'",
        "log.service=l\\nlog.tail=3 | log.tail: has no effect with log.service, was '3'",
        "lock.taken=waits | lock.taken: needs lock",
        "run-directory= | run-directory: must be a path",
        "run-directory.mode=750 | run-directory.mode: needs run-directory",
        "fifo.owner=x | fifo.owner: needs fifo",
        "environment.directory.missing=ignored | environment.directory.missing: needs"
            + " environment.directory",
        "redirect.mode=600 | redirect.mode: needs redirect.stdout or redirect.stderr",
        "pre-launch.argument=x | pre-launch.argument: needs pre-launch",
        "parent-death=RTMIN | parent-death: must be a signal with a name, was 'RTMIN'",
        "needs=a,,b | needs: must be words with commas between, was 'a,,b'",
        "stop.step=TERM | stop.step: must be a signal or end-of-input, and how long it has, as in"
            + " TERM 10s; or none alone, was 'TERM'",
        "stop.step=TERM 1s\\nstop.grace=1s | stop.grace: has no effect with stop.step, was '1s'",
        "significant=true | significant: must be one of no, yes, was 'true'",
      })
  void badValue_isToldAtItsKey(String lines, String expected) {
    Path file = disk.file("web.properties", "command=x\n" + lines.replace("\\n", "\n") + "\n");
    assertThat(disk.told(file))
        .singleElement()
        .asString()
        .matches("web.properties:[23]: .*")
        .contains(expected);
  }
}
