package org.jsupervisor.core.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jsupervisor.Refusal;
import org.jsupervisor.StopReport;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.internal.command.ChildCommands;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.Moment;
import org.jsupervisor.core.internal.model.Step;
import org.jsupervisor.core.internal.model.TreeMachine;
import org.jsupervisor.core.internal.model.TreeModel;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.core.internal.output.Destinations;
import org.jsupervisor.core.internal.output.LostOutput;
import org.jsupervisor.core.internal.output.Writers;
import org.jsupervisor.core.internal.probe.Probes;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.TreePhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a tree. A cycle is: wait in the platform for reports, for the inbox or for the
 * next deadline; step the model with each input; after each step carry its effects out, publish its
 * model and events, and answer whoever is answered by it.
 *
 * <p>It has no thread: whoever calls {@link #start} and {@link #doWork} drives it, always from one
 * thread at a time, or from different ones with a happens-before between them.
 */
public final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final EngineOptions options;
  private final Platform platform;
  private final Notifier notifier;
  private final SnapshotBoard board;
  private final RandomGenerator random;
  private final Requests requests;
  private final Timers timers = new Timers();
  private final Admission admission;
  private final Operations operations;
  private final GiveUps giveUps;
  private final Writers writers;
  private final LostOutput lostOutput;
  private final Outputs outputs;
  private final Rotations rotations;
  private final Tasks tasks;
  private final Probes probes;
  private final ChildCommands commands;
  private final EffectRunner effects;
  private final List<Input> reports = new ArrayList<>();

  private TreeModel model;

  /** An engine for the model that its parts begin with. */
  Engine(EngineParts parts, TreeModel first) {
    this.options = parts.options();
    this.platform = parts.platform();
    this.notifier = parts.notifier();
    this.board = parts.board();
    this.random = parts.random();
    this.requests = new Requests(options.inboxCapacity(), platform::wakeUp);
    this.admission = new Admission(platform);
    this.operations = new Operations(options.operationsMax(), requests, board, notifier);
    this.giveUps = new GiveUps(board, notifier);
    this.probes = new Probes(first.spec().name(), platform, options.probeThreads());
    this.writers = new Writers(first.spec().name());
    this.lostOutput = new LostOutput(platform::wakeUp);
    Destinations destinations =
        new Destinations(parts.logs(), platform.ticker(), writers, lostOutput);
    this.outputs = new Outputs(destinations, platform, probes.answers()::ready);
    this.rotations = new Rotations(parts, requests, outputs, writers);
    this.tasks = Tasks.of(first.spec().name(), platform);
    this.commands = new ChildCommands(platform);
    EffectRunner.Workers workers = new EffectRunner.Workers(tasks, probes, commands);
    this.effects = new EffectRunner(platform, timers, outputs, workers);
    this.model = first;
  }

  /** Begins: the children that are wanted up are launched in order. */
  public void start() {
    try {
      step(new Input.StartTree());
    } catch (RuntimeException | Error failure) {
      fail(failure);
      throw failure;
    }
    notifier.wake();
  }

  /**
   * One cycle, waiting at most so long. Returns how many inputs it has handled. What it throws, for
   * instance because the platform did, is the end of the tree.
   */
  public int doWork(long waitNanosMax) {
    try {
      return cycle(waitNanosMax);
    } catch (RuntimeException | Error failure) {
      fail(failure);
      throw failure;
    }
  }

  private int cycle(long waitNanosMax) {
    boolean idle = requests.isEmpty() && !isStopAsked();
    long now = platform.ticker().readNanos();
    probes.collect();
    long most = commands.waitNanos(now, timers.waitNanos(now, waitNanosMax));
    platform.poll(idle ? probes.waitNanos(now, most) : 0, this::keep);
    lostOutput.take(this::keep);
    tasks.take(reports::add);
    probes.work(reports::add);
    commands.work(reports::add);
    int handled =
        rotations.take() + takeReports() + takeOperations() + takeStopRequest() + takeDeadlines();
    if (model.phase() == TreePhase.STOPPED && !requests.isClosed()) {
      end();
    }
    if (handled > 0) {
      notifier.wake();
    }
    return handled;
  }

  private void keep(PlatformReport report) {
    if (!probes.takes(report) && !commands.takes(report)) {
      Reports.toInput(report).ifPresent(reports::add);
    }
  }

  /** Whether the tree has stopped, or the engine failed: there is nothing left to drive. */
  public boolean isOver() {
    return requests.isClosed();
  }

  /** What others ask for; its future is completed by the notifier at the end of the tree. */
  Requests requests() {
    return requests;
  }

  /** Whose destinations any thread may look at. */
  Outputs outputs() {
    return outputs;
  }

  /** What it has counted, and what waits; any thread. */
  EngineSnapshot read() {
    EngineSnapshot.Operations asked = requests.read(options, operations.underWay());
    return new EngineSnapshot(board.steps(), timers.size(), asked, notifier.read());
  }

  private int takeReports() {
    int handled = reports.size();
    reports.forEach(this::step);
    reports.clear();
    return handled;
  }

  private int takeOperations() {
    int handled = 0;
    for (Operation next = requests.poll(); next != null; next = requests.poll()) {
      take(next);
      if (++handled == options.inputsPerCycle()) {
        break;
      }
    }
    return handled;
  }

  private int takeStopRequest() {
    if (!isStopAsked()) {
      return 0;
    }
    step(new Input.StopTree(StopReport.Cause.ASKED, requests.stopReason()));
    return 1;
  }

  /** Whether there is a request that is not carried out yet: then there is no time to sleep. */
  private boolean isStopAsked() {
    return requests.isStopAsked() && model.phase() == TreePhase.RUNNING;
  }

  private int takeDeadlines() {
    int handled = 0;
    long now = platform.ticker().readNanos();
    for (Input next = timers.due(now); next != null; next = timers.due(now)) {
      step(next);
      handled++;
    }
    return handled;
  }

  private void take(Operation operation) {
    if (model.phase() != TreePhase.RUNNING) {
      operations.refuse(operation, Refusal.TREE_STOPPED, "the tree is " + model.phase());
    } else if (operation instanceof Operation.UntilReady untilReady) {
      operations.awaitReady(untilReady, model);
    } else if (operations.isFull()) {
      operations.refuse(operation, Refusal.OVERLOADED, "too many operations are under way");
    } else if (operation instanceof Operation.Rotate rotate) {
      rotations.begin(model, rotate);
    } else if (operation instanceof Operation.OnChild onChild) {
      take(onChild);
    }
  }

  private void take(Operation.OnChild operation) {
    Input.ChildInput input = operation.input();
    Optional<Standing.Refused> refusal = admission.refusal(model, operation);
    if (refusal.isPresent()) {
      operations.refuse(operation, refusal.get().refusal(), refusal.get().message());
      return;
    }
    operations.await(
        input.child(), operation.goal().apply(model.child(input.child())), operation.result());
    operations.settle(input.child(), step(input));
  }

  private Step step(Input input) {
    Moment moment = new Moment(platform.ticker().readNanos(), random.nextDouble());
    Step step = TreeMachine.step(model, input, moment);
    model = step.model();
    board.publish(model);
    step.effects().forEach(effects::run);
    giveUps.publish(step);
    operations.settle(step);
    return step;
  }

  private void end() {
    long took = platform.ticker().readNanos() - model.ending().beganNanos();
    outputs.retireAll();
    tasks.close();
    probes.close();
    platform.close();
    // After the platform, which gives it what the children have written last.
    writers.close(Writers.LAST_WRITES);
    finish(
        new StopReport(
            model.ending().cause(),
            model.reason(),
            Duration.ofNanos(took),
            TreeMachine.unkillable(model),
            giveUps.ofTree(model)));
  }

  /**
   * The engine itself has failed: never half-alive, so nothing stays behind that nobody supervises.
   */
  void fail(Throwable failure) {
    if (requests.isClosed()) {
      return;
    }
    Failures.attempt(tasks::close, failure);
    Failures.attempt(probes::close, failure);
    Failures.attempt(platform::close, failure);
    Failures.attempt(() -> writers.close(Duration.ZERO), failure);
    String reason = "the engine failed: " + Failures.text(failure);
    publishTheEnd(reason);
    finish(new StopReport(StopReport.Cause.ENGINE_FAILED, reason, Duration.ZERO, List.of()));
  }

  /** So that nobody reads of a tree that runs; the model itself may be what has failed. */
  private void publishTheEnd(String reason) {
    try {
      Step step =
          TreeMachine.abandoned(model, reason, new Moment(platform.ticker().readNanos(), 0));
      model = step.model();
      board.publish(model);
      notifier.publish(step.events());
    } catch (RuntimeException | Error another) {
      LOG.error("the end of a failed tree could not be published", another);
    }
  }

  private void finish(StopReport report) {
    requests.close();
    operations.refuseAll(report.reason());
    rotations.refuseAll();
    notifier.complete(requests::refuseQueued);
    notifier.complete(() -> requests.stopped().complete(report));
    notifier.finish();
  }
}
