package org.jsupervisor.core.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.internal.model.ChildModel;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.core.internal.observe.SnapshotBoard;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.ProcessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handle: turns calls into inputs with goals, and reads the board. Thread-safe. Longer than
 * other files, since what it implements is.
 */
final class TreeHandle implements Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(TreeHandle.class);

  private final String name;
  private final Engine engine;
  private final Requests requests;
  private final Outputs outputs;
  private final LogLines logLines;
  private final SnapshotBoard board;
  private final Notifier notifier;
  private final Platform platform;
  private final Duration closeWait;

  /**
   * A handle whose close waits so long; zero: it does not wait, since the caller drives the tree.
   */
  TreeHandle(String name, Engine engine, EngineParts parts, Duration closeWait) {
    this.name = name;
    this.engine = engine;
    this.logLines = new LogLines(name);
    this.requests = engine.requests();
    this.outputs = engine.outputs();
    this.board = parts.board();
    this.notifier = parts.notifier();
    this.platform = parts.platform();
    this.closeWait = closeWait;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TreeSnapshot snapshot() {
    return board.tree();
  }

  @Override
  public Optional<ChildSnapshot> child(ChildId id) {
    return board.child(id);
  }

  @Override
  public Optional<Explanation> explain(ChildId id) {
    return board.explain(id);
  }

  @Override
  public Optional<ChildSpec> spec(ChildId id) {
    return board.spec(id);
  }

  @Override
  public Optional<EngineSnapshot> engine() {
    return Optional.of(engine.read());
  }

  @Override
  public List<PublishedEvent> recentEvents(int most) {
    requireRange("recent events", most, RECENT_EVENTS_MAX);
    return notifier.recent(most);
  }

  @Override
  public List<Capability> capabilities() {
    return platform.capabilities();
  }

  @Override
  public Optional<ProcessFacts> facts(ChildId id, ProcessFacts.Depth depth) {
    return board
        .child(id)
        .map(ChildSnapshot::run)
        .filter(Run.Live.class::isInstance)
        .flatMap(run -> platform.facts(((Run.Live) run).incarnation(), depth));
  }

  @Override
  public List<DestinationSnapshot> destinations(ChildId id) {
    return board.spec(id).orElse(null) instanceof ProcessSpec process
        ? outputs.destinations(process)
        : List.of();
  }

  @Override
  public List<RecentOutput.RecentLine> recentOutput(ChildId id) {
    return outputs.recentLines(id);
  }

  @Override
  public CompletionStage<List<LoggedLine>> loggedLines(ChildId id, int most) {
    requireRange("logged lines", most, LOGGED_LINES_MAX);
    return board.spec(id).orElse(null) instanceof ProcessSpec process
        ? logLines.last(process, most)
        : CompletableFuture.completedStage(List.of());
  }

  private static void requireRange(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " must be 1 to " + most + ", were " + value);
    }
  }

  @Override
  public Optional<ChildInput> input(ChildId id) {
    return board
        .child(id)
        .map(ChildSnapshot::run)
        .filter(Run.Live.class::isInstance)
        .flatMap(run -> platform.input(((Run.Live) run).incarnation()));
  }

  @Override
  public SelfTestReport selfTest() {
    return platform.selfTest();
  }

  @Override
  public CompletionStage<ChildSnapshot> up(ChildId id, Request request) {
    return submit(new Input.Up(id, request.phrase()), request, Goal::readyNow);
  }

  @Override
  public CompletionStage<ChildSnapshot> once(ChildId id, Request request) {
    return submit(new Input.Once(id, request.phrase()), request, Goal::onceNow);
  }

  @Override
  public CompletionStage<ChildSnapshot> down(ChildId id, Request request) {
    return submit(new Input.Down(id, request.phrase()), request, before -> Goal.DEAD);
  }

  @Override
  public CompletionStage<ChildSnapshot> restart(ChildId id, Request request) {
    return submit(new Input.Restart(id, request.phrase()), request, Goal::readyAnew);
  }

  @Override
  public CompletionStage<ChildSnapshot> signal(ChildId id, Signal signal, Request request) {
    Objects.requireNonNull(signal, "a signal is needed");
    return submit(
        new Input.SendSignal(id, signal, request.phrase()), request, before -> Goal.DONE_AT_ONCE);
  }

  @Override
  public CompletionStage<ChildSnapshot> pause(ChildId id, Request request) {
    return submit(new Input.Pause(id, request.phrase()), request, before -> Goal.DONE_AT_ONCE);
  }

  @Override
  public CompletionStage<ChildSnapshot> resume(ChildId id, Request request) {
    return submit(new Input.Resume(id, request.phrase()), request, before -> Goal.DONE_AT_ONCE);
  }

  @Override
  public CompletionStage<ChildSnapshot> rotate(ChildId id, Request request) {
    ChildId child = Objects.requireNonNull(id, "a child id is needed");
    CompletableFuture<ChildSnapshot> result = new CompletableFuture<>();
    requests.submit(
        new Operation.Rotate(child, request.phrase(), Terms.seen(request.generation()), result));
    return result.minimalCompletionStage();
  }

  @Override
  public CompletionStage<ChildSnapshot> define(ChildSpec spec, Request request) {
    Objects.requireNonNull(spec, "a spec is needed");
    return submit(
        new Input.Define(spec, "defined: " + request.phrase()),
        request,
        before -> Goal.DONE_AT_ONCE);
  }

  @Override
  public CompletionStage<ChildSnapshot> startInstance(
      ChildId supervisor, String name, List<String> arguments, Request request) {
    if (!ChildId.isName(name)) {
      throw new IllegalArgumentException("an instance must have a single name, had " + name);
    }
    if (request.generation().isPresent()) {
      throw new IllegalArgumentException(
          "an instance that is not there has no generation to be expected: " + request);
    }
    ChildId id = supervisor.child(name);
    List<String> given = List.copyOf(arguments);
    CompletableFuture<ChildSnapshot> result = new CompletableFuture<>();
    try {
      ChildTemplate template = template(supervisor, id);
      ChildSpec made = Instances.make(template, id, given);
      requests.submit(
          new Operation.OnChild(
              new Input.Define(made, "started: " + request.phrase()),
              Terms.madeBy(template),
              made.initially() == Desire.ONCE ? Goal::onceNow : Goal::readyNow,
              result));
    } catch (OperationRefusedException refusal) {
      result.completeExceptionally(refusal);
    }
    return result.minimalCompletionStage();
  }

  private ChildTemplate template(ChildId supervisor, ChildId instance) {
    ChildSpec spec =
        board
            .spec(supervisor)
            .orElseThrow(
                () ->
                    new OperationRefusedException(
                        Refusal.UNKNOWN_CHILD, instance, "there is no " + supervisor));
    return Instances.template(spec)
        .orElseThrow(
            () ->
                new OperationRefusedException(
                    Refusal.NO_TEMPLATE, instance, supervisor + " has no template"));
  }

  @Override
  public boolean hasTemplate(ChildId supervisor) {
    return board.spec(supervisor).flatMap(Instances::template).isPresent();
  }

  @Override
  public CompletionStage<ChildSnapshot> remove(ChildId id, Request request) {
    return submit(
        new Input.Remove(id, "removed: " + request.phrase()), request, before -> Goal.GONE);
  }

  private CompletionStage<ChildSnapshot> submit(
      Input.ChildInput input, Request request, Function<Optional<ChildModel>, Goal> goal) {
    // What a caller forgot must hurt the caller, not the engine and all its children.
    ChildId unused = Objects.requireNonNull(input.child(), "a child id is needed");
    CompletableFuture<ChildSnapshot> result = new CompletableFuture<>();
    requests.submit(new Operation.OnChild(input, Terms.seen(request.generation()), goal, result));
    return result.minimalCompletionStage();
  }

  @Override
  public CompletionStage<TreeSnapshot> ready() {
    CompletableFuture<TreeSnapshot> result = new CompletableFuture<>();
    requests.submit(new Operation.UntilReady(result));
    return result.minimalCompletionStage();
  }

  @Override
  public CompletionStage<StopReport> stop(String reason) {
    requests.requestStop(Objects.requireNonNull(reason, "a reason is needed"));
    return stopped();
  }

  @Override
  public CompletionStage<StopReport> stopped() {
    return requests.stopped().minimalCompletionStage();
  }

  @Override
  public Subscription subscribe(SupervisorListener listener) {
    return notifier.subscribe(listener);
  }

  @Override
  public void close() {
    requests.requestStop("closed");
    if (closeWait.isZero() || notifier.isDeliverer()) {
      // Whoever drives the tree, or delivers its outcomes, would wait for itself.
      return;
    }
    try {
      StopReport unused = requests.stopped().get(closeWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException late) {
      LOG.warn("tree '{}' has not stopped within {}", name, closeWait);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the end of a tree is never exceptional", impossible);
    }
  }
}
