package org.jsupervisor.posix.internal.spawn;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.guard.GuardUnavailableException;
import org.jsupervisor.posix.internal.guard.RunToken;
import org.jsupervisor.posix.internal.io.BoundedJoin;
import org.jsupervisor.posix.internal.io.Inputs;
import org.jsupervisor.posix.internal.io.OneLine;
import org.jsupervisor.posix.internal.io.OutputStoppedException;
import org.jsupervisor.posix.internal.io.OutputThreads;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.ExecImage;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PosixSpawn;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.libc.WaitInfo;
import org.jsupervisor.posix.internal.reap.Arrivals;
import org.jsupervisor.posix.internal.reap.Ending;
import org.jsupervisor.posix.internal.reap.ExitWatch;
import org.jsupervisor.posix.internal.step.LaunchSteps;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Pid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that starts processes, in the order of the requests. It lives as long as the
 * platform: a parent-death signal belongs to the thread that spawned. It is not the engine's,
 * because an exec on a file server that does not answer must not stop the engine; launches behind
 * it do wait.
 *
 * <p>Each request ends in exactly one arrival: a process that runs and is watched, or a failure.
 * What a running child needs is acquired before it is started; if the watch alone fails after that,
 * the child is killed and the launch has failed.
 */
public final class Spawner {
  private static final Logger LOG = LoggerFactory.getLogger(Spawner.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final Libc libc;
  private final HostEnvironment hostEnvironment;
  private final Surroundings around;
  private final int launchQueueMax;
  private final LaunchQueue queue;
  private final AtomicBoolean guardOrdered = new AtomicBoolean();
  private final PosixSpawn posixSpawn;
  private final ExecImage image = new ExecImage();
  private final PreparedActions actions;
  private final WaitInfo info = new WaitInfo();
  private final SteppedLaunch.Preparation preparation;
  private final LaunchDiagnosis diagnosis;
  private final int devNull;
  private final Thread thread;
  // Volatile: set by whoever closes the platform.
  private volatile boolean closing;

  /**
   * What a spawner works with.
   *
   * @param outputs where pipes come from
   * @param inputs where pipes lead to children
   * @param watch what watches the children
   * @param arrivals takes the outcome of each launch
   * @param steps what is known of launch steps
   * @param survival what sees to the end of children, or to their life, without this host
   */
  public record Surroundings(
      OutputThreads outputs,
      Inputs inputs,
      ExitWatch watch,
      Arrivals arrivals,
      LaunchSteps steps,
      Survival survival) {}

  /** Starts the thread. */
  public Spawner(
      Libc libc, Surroundings around, Map<String, String> hostEnvironment, int launchQueueMax)
      throws SyscallException {
    this.libc = libc;
    this.around = around;
    this.hostEnvironment = new HostEnvironment(hostEnvironment);
    this.launchQueueMax = launchQueueMax;
    queue = new LaunchQueue(launchQueueMax);
    posixSpawn = new PosixSpawn(libc, around.survival().runs().startedPid());
    actions = new PreparedActions(libc);
    diagnosis = new LaunchDiagnosis(libc);
    LOG.debug("{}", LaunchDiagnosis.rehearsal());
    preparation = new SteppedLaunch.Preparation(around.steps(), new ProgramLookup(libc), diagnosis);
    devNull = ChildPipes.openNullAboveStdio(libc);
    thread = new Thread(this::run, "supervisor-spawner");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (RuntimeException | Error e) {
      libc.close(devNull);
      throw e;
    }
  }

  /** Orders a launch, whose sink is held. Never blocks. */
  public void order(LaunchRequest request) {
    if (!queue.offer(new LaunchQueue.Order.Launch(request))) {
      fail(
          request,
          new LaunchFailure(
              LaunchFault.HOST,
              Errno.name(Errno.EAGAIN),
              "launch queue",
              "the launch queue is full: at most " + launchQueueMax + " launches may wait"));
    }
  }

  /**
   * Replaces the guard if it has ended; once, however often it is ordered until then. Never blocks.
   */
  public void orderGuard() {
    // With a full queue there is no need: the next launch sees to it.
    if (guardOrdered.compareAndSet(false, true) && !queue.offer(new LaunchQueue.Order.Guard())) {
      guardOrdered.set(false);
    }
  }

  private void replaceGuard() {
    guardOrdered.set(false);
    around.survival().guard().replace();
  }

  private void run() {
    try {
      while (!closing) {
        LaunchQueue.Order order = queue.take();
        if (order instanceof LaunchQueue.Order.Launch launch) {
          carryOutOrTell(launch.request());
        } else {
          replaceGuard();
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread: it is to end.
    } finally {
      actions.close();
      libc.close(devNull);
    }
  }

  private void carryOutOrTell(LaunchRequest request) {
    try {
      carryOut(request);
    } catch (RuntimeException | Error e) {
      // Not even the failure could be told. The launches behind it are not to blame.
      LOG.error("{}: the outcome of a launch is lost", request.incarnation(), e);
    }
  }

  private void carryOut(LaunchRequest request) {
    try {
      around.survival().requireGuard(request);
      launch(request);
    } catch (GuardUnavailableException e) {
      fail(request, LaunchDiagnosis.ofGuard(e));
    } catch (SyscallException e) {
      fail(request, LaunchDiagnosis.ofHost(e));
    } catch (OutputStoppedException e) {
      fail(request, LaunchDiagnosis.ofOutput(e));
    } catch (RuntimeException | Error e) {
      LOG.error("{}: launch failed unexpectedly", request.incarnation(), e);
      fail(request, new LaunchFailure(LaunchFault.HOST, "BUG", "platform", OneLine.describe(e)));
    }
  }

  private void launch(LaunchRequest request) throws SyscallException {
    boolean begun = false;
    var sources = new ChildPipes.Sources(around.outputs(), around.survival().pipes(), devNull);
    try (GivenEnds given = new GivenEnds(libc, around.inputs());
        TokenedRun run = around.survival().begin(request);
        ChildPipes pipes = ChildPipes.open(request, given, sources);
        SteppedLaunch stepped = prepare(request, run, pipes)) {
      int stdin = given.input(request, devNull);
      around.watch().prepare();
      int pid = spawn(stepped, pipes, stdin);
      if (pid < 0) {
        // What is too large is the child's, not the tool's that would have got it first.
        CommandLine blamed = pid == -Errno.E2BIG ? plainLine(request) : stepped.line();
        fail(request, diagnosis.ofSpawn(-pid, blamed, stepped.path()));
        return;
      }
      adopt(request, new Pid(pid), run);
      begun = true;
      pipes.begin(new Pid(pid));
    } catch (SteppedLaunch.RefusedLaunchException e) {
      fail(request, e.failure());
    } finally {
      if (!begun) {
        around.inputs().written().forget(request.incarnation());
      }
    }
  }

  private SteppedLaunch prepare(LaunchRequest request, TokenedRun run, ChildPipes pipes)
      throws SteppedLaunch.RefusedLaunchException {
    return preparation.prepare(
        request.spec(),
        plainLine(request),
        line ->
            pipes.addressed(line.with(RunToken.VARIABLE, run.token()), request.spec().watchdog()));
  }

  private CommandLine plainLine(LaunchRequest request) {
    return CommandLine.of(request.spec(), hostEnvironment);
  }

  /** The pid, or the negated error. */
  private int spawn(SteppedLaunch stepped, ChildPipes pipes, int stdin) throws SyscallException {
    CommandLine line = stepped.line();
    if (!line.writeTo(image, stepped.path())) {
      return -Errno.E2BIG;
    }
    ChildFiles files = pipes.files(stdin, stepped, line.directory());
    return posixSpawn.spawn(image, actions.of(files));
  }

  /** From here on the engine's thread is the one that may reap the child. */
  private void adopt(LaunchRequest request, Pid pid, TokenedRun run) throws SyscallException {
    try {
      if (closing) {
        throw new SyscallException("posix_spawn", Errno.EBADF, "the platform is closed");
      }
      Ending ending = run.started(request.incarnation(), pid);
      long watchId = around.watch().watch(pid);
      var report = new PlatformReport.Launched(request.incarnation(), pid);
      around.arrivals().addStarted(report, watchId, request.spec().leftovers(), ending);
      run.keep();
    } catch (SyscallException | RuntimeException | Error e) {
      libc.signalGroupNumber(pid.value(), SignalNumbers.KILL);
      run.close();
      libc.reapKilled(pid.value(), info);
      throw e;
    }
  }

  private void fail(LaunchRequest request, LaunchFailure failure) {
    around.arrivals().add(new PlatformReport.LaunchFailed(request.incarnation(), failure));
    releaseSink(request);
  }

  private void releaseSink(LaunchRequest request) {
    request.output().sinks().forEach(around.outputs()::release);
  }

  /**
   * Forgets the launches that wait, and ends the thread. If it hangs in an exec it is left behind,
   * and kills what it has started as soon as it comes back.
   */
  public void close() {
    closing = true;
    thread.interrupt();
    if (!BoundedJoin.join(thread, CLOSE_WAIT)) {
      LOG.warn("the spawner hangs in an exec and is left behind");
    }
    for (LaunchQueue.Order order : queue.drain()) {
      if (order instanceof LaunchQueue.Order.Launch launch) {
        releaseSink(launch.request());
      }
    }
  }
}
