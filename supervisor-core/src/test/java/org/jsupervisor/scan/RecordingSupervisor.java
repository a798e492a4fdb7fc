package org.jsupervisor.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.StopReport;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Due;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.Run;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * A supervisor that starts nothing: it keeps specs, writes down what it is asked, and can refuse.
 */
final class RecordingSupervisor implements Supervisor {
  /** Who has asked for each definition, in their order. */
  final List<Request> askers = new CopyOnWriteArrayList<>();

  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final Map<ChildId, ChildSpec> children = Collections.synchronizedMap(new HashMap<>());
  final Map<ChildId, Refusal> refusals = new HashMap<>();
  final List<CompletableFuture<ChildSnapshot>> held = new ArrayList<>();

  /** Those that are not ready. */
  final Map<ChildId, Phase> phases = new HashMap<>();

  final Map<ChildId, Desire> desires = new HashMap<>();
  final List<SupervisorListener> listeners = new ArrayList<>();
  Runnable duringDefine = () -> {};
  boolean holds;

  /** The program of a child. */
  String command(ChildId id) {
    return ((ProcessSpec) children.get(id)).command().program();
  }

  /** Something has happened to a child. */
  void tell(ChildId id) {
    for (SupervisorListener listener : List.copyOf(listeners)) {
      listener.onEvent(new PublishedEvent(1, Instant.EPOCH, new SupervisorEvent.Defined(id)));
    }
  }

  @Override
  public CompletionStage<ChildSnapshot> define(ChildSpec spec, Request request) {
    calls.add("define " + spec.id());
    askers.add(request);
    return answer(
        spec.id(),
        () -> {
          children.put(spec.id(), spec);
          duringDefine.run();
        });
  }

  @Override
  public CompletionStage<ChildSnapshot> remove(ChildId id, Request request) {
    calls.add("remove " + id);
    askers.add(request);
    if (!children.containsKey(id)) {
      refusals.put(id, Refusal.UNKNOWN_CHILD);
    }
    return answer(id, () -> children.remove(id));
  }

  private CompletionStage<ChildSnapshot> answer(ChildId id, Runnable effect) {
    Refusal refusal = refusals.remove(id);
    if (refusal != null) {
      return CompletableFuture.failedFuture(
          new OperationRefusedException(refusal, id, "was refused"));
    }
    effect.run();
    CompletableFuture<ChildSnapshot> answer = new CompletableFuture<>();
    if (holds) {
      held.add(answer);
    } else {
      answer.complete(snapshot(id));
    }
    return answer;
  }

  /** Completes what was held back, and holds no more. */
  void release() {
    holds = false;
    held.forEach(answer -> answer.complete(snapshot(ChildId.of("any"))));
  }

  private ChildSnapshot snapshot(ChildId id) {
    Phase phase = phases.getOrDefault(id, Phase.RUNNING);
    return new ChildSnapshot(
        id,
        desires.getOrDefault(id, Desire.UP),
        phase,
        phase == Phase.RUNNING,
        Instant.EPOCH,
        "a test",
        new Run.None(),
        new Due.Never(),
        Counters.ZERO,
        List.of(),
        1,
        false,
        "");
  }

  @Override
  public Optional<ChildSnapshot> child(ChildId id) {
    return children.containsKey(id) ? Optional.of(snapshot(id)) : Optional.empty();
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public TreeSnapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Explanation> explain(ChildId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> up(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> once(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> pause(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> resume(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> rotate(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> down(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> restart(ChildId id, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> signal(ChildId id, Signal signal, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<ChildSnapshot> startInstance(
      ChildId supervisor, String name, List<String> arguments, Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasTemplate(ChildId supervisor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<TreeSnapshot> ready() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<StopReport> stop(String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<StopReport> stopped() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription subscribe(SupervisorListener listener) {
    listeners.add(listener);
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
  public void close() {}
}
