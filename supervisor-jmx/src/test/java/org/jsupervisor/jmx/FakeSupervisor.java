package org.jsupervisor.jmx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;

/**
 * A tree without processes. Tests say what is and what happens; operations are written down and are
 * answered with the stage the test has chosen, by default one that never completes. As the real
 * one, it publishes the snapshot before the event.
 */
public final class FakeSupervisor implements Supervisor {
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final String name;
  private final Map<ChildId, ChildSnapshot> children = new LinkedHashMap<>();
  private final List<SupervisorListener> listeners = new CopyOnWriteArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private CompletionStage<ChildSnapshot> answer = new CompletableFuture<>();
  private CompletionStage<StopReport> stopAnswer = new CompletableFuture<>();
  private Runnable onSubscribed = () -> {};
  private TreePhase phase = TreePhase.RUNNING;
  private long sequence;
  private final Set<ChildId> templates = ConcurrentHashMap.newKeySet();
  private final Map<ChildId, ChildSpec> specs = new ConcurrentHashMap<>();
  private CompletionStage<List<LoggedLine>> logged = CompletableFuture.completedStage(List.of());

  public FakeSupervisor(String name) {
    this.name = name;
  }

  /** Publishes a child as it is now, without an event. */
  public synchronized FakeSupervisor put(ChildSnapshot child) {
    children.put(child.id(), child);
    return this;
  }

  /** Makes one a supervisor with a template. */
  public void giveTemplate(ChildId id) {
    templates.add(id);
  }

  /** Says what a child is defined as. */
  public FakeSupervisor define(ChildId id, ChildSpec spec) {
    specs.put(id, spec);
    return this;
  }

  /** What log directories hold, whoever asks. */
  public synchronized void logged(CompletionStage<List<LoggedLine>> lines) {
    logged = lines;
  }

  /** Takes a child out of the tree, without an event. */
  public synchronized void take(ChildId id) {
    children.remove(id);
  }

  public void define(ChildSnapshot child) {
    put(child);
    publish(new SupervisorEvent.Defined(child.id()));
  }

  public void forget(ChildId id) {
    take(id);
    publish(new SupervisorEvent.Removed(id));
  }

  public void publish(SupervisorEvent event) {
    PublishedEvent published;
    synchronized (this) {
      published = new PublishedEvent(++sequence, NOW, event);
    }
    listeners.forEach(listener -> listener.onEvent(published));
  }

  public void lose(long events) {
    listeners.forEach(listener -> listener.onLoss(events));
  }

  public synchronized void phase(TreePhase to) {
    phase = to;
  }

  public synchronized void answerWith(CompletionStage<ChildSnapshot> stage) {
    answer = stage;
  }

  public synchronized void answerStopWith(CompletionStage<StopReport> stage) {
    stopAnswer = stage;
  }

  /** What happens right after somebody has subscribed. */
  public void whenSubscribed(Runnable action) {
    onSubscribed = action;
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public int listeners() {
    return listeners.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized TreeSnapshot snapshot() {
    return new TreeSnapshot(name, phase, "as the test says", List.copyOf(children.values()));
  }

  @Override
  public synchronized Optional<ChildSnapshot> child(ChildId id) {
    return Optional.ofNullable(children.get(id));
  }

  @Override
  public synchronized Optional<Explanation> explain(ChildId id) {
    return child(id).map(child -> new Explanation(id, List.of(reason(child))));
  }

  @Override
  public Optional<ChildSpec> spec(ChildId id) {
    return Optional.ofNullable(specs.get(id));
  }

  @Override
  public Optional<EngineSnapshot> engine() {
    return Optional.of(
        new EngineSnapshot(
            1,
            2,
            new EngineSnapshot.Operations(3, 4, 5, 6, 7, 8, 9),
            new EngineSnapshot.Events(10, 11, 12, 13, 14, 15, 16)));
  }

  @Override
  public List<PublishedEvent> recentEvents(int most) {
    return List.of(
        new PublishedEvent(7, NOW, new SupervisorEvent.Removed(Children.WEB)),
        new PublishedEvent(
            8, NOW, new SupervisorEvent.TreePhaseChanged(TreePhase.NEW, TreePhase.RUNNING, "go")));
  }

  @Override
  public List<Capability> capabilities() {
    return List.of(new Capability("exit detection", Capability.Level.FULL, "pidfd"));
  }

  @Override
  public synchronized CompletionStage<List<LoggedLine>> loggedLines(ChildId id, int most) {
    calls.add("loggedLines " + id + " " + most);
    return logged;
  }

  /** Whoever has a process has used 1.5 s, and what was asked for. */
  @Override
  public Optional<ProcessFacts> facts(ChildId id, ProcessFacts.Depth depth) {
    boolean full = depth == ProcessFacts.Depth.FULL;
    return child(id)
        .flatMap(ChildSnapshot::pid)
        .map(
            pid ->
                new ProcessFacts(
                    pid,
                    ProcessFacts.State.STOPPED,
                    NOW,
                    Duration.ofSeconds(9),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(20),
                    3,
                    4096,
                    full ? OptionalLong.of(2048) : OptionalLong.empty(),
                    full ? OptionalInt.of(5) : OptionalInt.empty()));
  }

  @Override
  public List<DestinationSnapshot> destinations(ChildId id) {
    return id.equals(Children.WEB)
        ? List.of(
            new DestinationSnapshot(
                "log/web",
                DestinationSnapshot.State.FAILING,
                4096,
                17,
                "No space left",
                Optional.of(new LogSizes(100, 2, 3000))))
        : List.of();
  }

  @Override
  public List<RecentOutput.RecentLine> recentOutput(ChildId id) {
    Incarnation run = new Incarnation(Children.WEB, 3);
    return id.equals(Children.WEB)
        ? List.of(
            new RecentOutput.RecentLine(new OutputSource(run), "ready"),
            new RecentOutput.RecentLine(
                new OutputSource(run, OutputSource.Stream.STDERR), "\\x1b[2J"))
        : List.of();
  }

  @Override
  public SelfTestReport selfTest() {
    return new SelfTestReport(
        List.of(
            new SelfTestReport.Check("start", SelfTestReport.Outcome.PASSED, "pid 7"),
            new SelfTestReport.Check("umask", SelfTestReport.Outcome.FAILED, "0000")));
  }

  private static Reason reason(ChildSnapshot child) {
    Due due = new Due.At(NOW.plusSeconds(5));
    return new Reason(child.id(), "is as it is", NOW.minusSeconds(2), due, Remedy.UP);
  }

  @Override
  public CompletionStage<ChildSnapshot> up(ChildId id, Request request) {
    return answered("up " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> once(ChildId id, Request request) {
    return answered("once " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> pause(ChildId id, Request request) {
    return answered("pause " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> resume(ChildId id, Request request) {
    return answered("resume " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> rotate(ChildId id, Request request) {
    return answered("rotate " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> down(ChildId id, Request request) {
    return answered("down " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> restart(ChildId id, Request request) {
    return answered("restart " + id + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> signal(ChildId id, Signal signal, Request request) {
    return answered("signal " + id + " " + signal + text(request));
  }

  @Override
  public CompletionStage<ChildSnapshot> define(ChildSpec spec, Request request) {
    throw new AssertionError("JMX must not define children");
  }

  @Override
  public CompletionStage<ChildSnapshot> startInstance(
      ChildId supervisor, String name, List<String> arguments, Request request) {
    throw new AssertionError("JMX must not start command lines");
  }

  @Override
  public boolean hasTemplate(ChildId supervisor) {
    return templates.contains(supervisor);
  }

  @Override
  public CompletionStage<ChildSnapshot> remove(ChildId id, Request request) {
    throw new AssertionError("JMX must not remove children");
  }

  @Override
  public CompletionStage<TreeSnapshot> ready() {
    throw new AssertionError("JMX needs no readiness of the tree");
  }

  @Override
  public synchronized CompletionStage<StopReport> stop(String reason) {
    calls.add("stop " + reason);
    return stopAnswer;
  }

  @Override
  public CompletionStage<StopReport> stopped() {
    throw new AssertionError("JMX reads the phase");
  }

  @Override
  public Subscription subscribe(SupervisorListener listener) {
    listeners.add(listener);
    onSubscribed.run();
    return new Subscription() {
      @Override
      public long lost() {
        return 0;
      }

      @Override
      public void close() {
        listeners.remove(listener);
      }
    };
  }

  @Override
  public void close() {
    throw new AssertionError("JMX must not close the tree");
  }

  private static String text(Request request) {
    OptionalLong generation = request.generation();
    return ", "
        + request.phrase()
        + (generation.isPresent() ? " at " + generation.getAsLong() : "");
  }

  private synchronized CompletionStage<ChildSnapshot> answered(String call) {
    calls.add(call);
    return answer;
  }
}
