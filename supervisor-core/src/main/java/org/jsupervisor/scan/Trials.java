package org.jsupervisor.scan;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * Watches children that were given another definition: whether they become ready with it, in their
 * time. At most one trial for each child. Thread-safe; it listens to the supervisor only while
 * there is a trial.
 *
 * <p>A child that is not wanted up, or waits for another child, is not judged: nothing is known
 * against its definition.
 */
final class Trials implements SupervisorListener {
  /** What a launch, and the news of it, may take beyond what the specs say. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  /** How a trial has ended. */
  enum Verdict {
    /** It is ready, or has done its work. */
    READY,
    /** It has given up, or was not ready in its time. */
    NOT_READY,
    /** Nobody knows: it is not wanted up, waits for others, or has another definition by now. */
    NOT_JUDGED
  }

  private final Supervisor supervisor;
  private final Function<Duration, Executor> after;
  private final Map<ChildId, CompletableFuture<Verdict>> open = new ConcurrentHashMap<>();
  private final ListeningTime listening;

  /**
   * Trials at this supervisor.
   *
   * @param after runs a task, off the engine, when so much time is over
   */
  Trials(Supervisor supervisor, Function<Duration, Executor> after) {
    this.supervisor = supervisor;
    this.after = after;
    this.listening = new ListeningTime(() -> supervisor.subscribe(this));
  }

  /**
   * Begins a trial, in place of one that the child may still have. Done off the engine's thread,
   * when the verdict is known.
   *
   * @param before what it had: it may have to stop with it first
   * @param now what it was given
   */
  CompletableFuture<Verdict> begin(ProcessSpec before, ProcessSpec now) {
    ChildId id = now.id();
    CompletableFuture<Verdict> trial = new CompletableFuture<>();
    listening.begin();
    CompletableFuture<Verdict> older = open.put(id, trial);
    if (older != null) {
      older.complete(Verdict.NOT_JUDGED);
    }
    var unused =
        trial.whenComplete(
            (verdict, never) -> {
              open.remove(id, trial);
              listening.end();
            });
    after.apply(time(before, now)).execute(() -> timeIsOver(id, trial));
    look(id);
    return trial;
  }

  /** The child has another definition, or is gone; nothing if it has no trial. */
  void supersede(ChildId id) {
    CompletableFuture<Verdict> trial = open.get(id);
    if (trial != null) {
      trial.complete(Verdict.NOT_JUDGED);
    }
  }

  /** How long it may take: to stop as it was, and to become ready as it is. */
  static Duration time(ProcessSpec before, ProcessSpec now) {
    return before.stop().total().plus(readyWithin(now.readiness())).plus(MARGIN);
  }

  private static Duration readyWithin(ReadinessSpec readiness) {
    if (readiness instanceof ReadinessSpec.AliveFor alive) {
      return alive.time();
    }
    if (readiness instanceof ReadinessSpec.Notified notified) {
      return notified.within();
    }
    if (readiness instanceof ReadinessSpec.NotifiedBySocket notified) {
      return notified.within();
    }
    if (readiness instanceof ReadinessSpec.Probed probed) {
      return probed.within();
    }
    return readiness instanceof ReadinessSpec.Completed completed
        ? completed.within()
        : Duration.ZERO;
  }

  @Override
  public void onEvent(PublishedEvent event) {
    if (open.containsKey(event.event().child())) {
      look(event.event().child());
    }
  }

  @Override
  public void onLoss(long events) {
    open.keySet().forEach(this::look);
  }

  private void look(ChildId id) {
    CompletableFuture<Verdict> trial = open.get(id);
    if (trial == null) {
      return;
    }
    ChildSnapshot child = supervisor.child(id).orElse(null);
    if (child == null || child.desire() != Desire.UP) {
      trial.complete(Verdict.NOT_JUDGED);
    } else if (child.isAsWanted()) {
      trial.complete(Verdict.READY);
    } else if (child.phase() == Phase.QUARANTINED || child.phase() == Phase.FAILED) {
      trial.complete(Verdict.NOT_READY);
    }
  }

  private void timeIsOver(ChildId id, CompletableFuture<Verdict> trial) {
    boolean waits =
        supervisor.child(id).filter(child -> child.phase() == Phase.WAITING).isPresent();
    trial.complete(waits ? Verdict.NOT_JUDGED : Verdict.NOT_READY);
  }
}
