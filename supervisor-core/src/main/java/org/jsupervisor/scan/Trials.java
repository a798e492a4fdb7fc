package org.jsupervisor.scan;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches children that were given another definition: whether they become ready with it, in their
 * time. At most one trial for each child. Thread-safe; it listens to the supervisor only while
 * there is a trial.
 *
 * <p>Its time counts from its first launch: how long its old run takes to end, and how long it
 * waits for other children, says nothing about its definition. A child that is not wanted up, or
 * still waits for another child when it could have been launched, is not judged.
 */
final class Trials implements SupervisorListener {
  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  /** What a launch, and the news of it, may take beyond what the specs say. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  /** Nothing is waited for longer than that. */
  private static final Duration TIME_MAX = Duration.ofDays(1);

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
  private final Timer timer;
  private final Map<ChildId, Trial> open = new ConcurrentHashMap<>();
  private final ListeningTime listening;

  /** Measures time. */
  @FunctionalInterface
  interface Timer {
    /** Is completed when so much time is over; or earlier, by who does not need it any more. */
    CompletableFuture<Void> start(Duration time);
  }

  /** One child on trial. */
  private record Trial(
      ProcessSpec before,
      ProcessSpec now,
      CompletableFuture<Verdict> verdict,
      AtomicBoolean isLaunched) {
    ChildId id() {
      return now.id();
    }
  }

  Trials(Supervisor supervisor, Timer timer) {
    this.supervisor = supervisor;
    this.timer = timer;
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
    listening.begin();
    Trial trial = new Trial(before, now, new CompletableFuture<>(), new AtomicBoolean());
    Trial older = open.put(trial.id(), trial);
    if (older != null) {
      older.verdict().complete(Verdict.NOT_JUDGED);
    }
    var unused =
        trial
            .verdict()
            .whenComplete(
                (verdict, never) -> {
                  open.remove(trial.id(), trial);
                  listening.end();
                });
    measure(trial, stopTime(trial), () -> shouldBeLaunched(trial));
    look(trial);
    return trial.verdict();
  }

  /** Then does it, unless the verdict is known before. */
  private void measure(Trial trial, Duration time, Runnable then) {
    CompletableFuture<Void> over = timer.start(time.compareTo(TIME_MAX) < 0 ? time : TIME_MAX);
    over.thenRun(
            () -> {
              if (!trial.verdict().isDone()) {
                then.run();
              }
            })
        .exceptionally(
            thrown -> {
              LOG.error("{}: its trial cannot be judged", trial.id(), thrown);
              trial.verdict().complete(Verdict.NOT_JUDGED);
              return null;
            });
    var unused = trial.verdict().whenComplete((verdict, never) -> over.complete(null));
  }

  /** The child has another definition, or is gone; nothing if it has no trial. */
  void supersede(ChildId id) {
    Trial trial = open.get(id);
    if (trial != null) {
      trial.verdict().complete(Verdict.NOT_JUDGED);
    }
  }

  /** How long its old run may take to end, as a rule. */
  private static Duration stopTime(Trial trial) {
    return trial.before().stop().total().plus(MARGIN);
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
    Trial trial = open.get(event.event().child());
    if (trial != null) {
      look(trial);
    }
  }

  @Override
  public void onLoss(long events) {
    open.values().forEach(this::look);
  }

  private void look(Trial trial) {
    ChildSnapshot child = supervisor.child(trial.id()).orElse(null);
    if (child == null || child.desire() != Desire.UP) {
      trial.verdict().complete(Verdict.NOT_JUDGED);
    } else if (child.isAsWanted()) {
      trial.verdict().complete(Verdict.READY);
    } else {
      switch (child.phase()) {
        case QUARANTINED, FAILED -> trial.verdict().complete(Verdict.NOT_READY);
        case LAUNCHING, RUNNING, BACKOFF -> launched(trial);
        case DOWN, WAITING, FINISHED, STOPPING, KILLING, FINISHING, UNKILLABLE -> {}
      }
    }
  }

  /** From its first launch on its time counts. */
  private void launched(Trial trial) {
    if (trial.isLaunched().compareAndSet(false, true)) {
      measure(
          trial,
          readyWithin(trial.now().readiness()).plus(MARGIN),
          () -> trial.verdict().complete(Verdict.NOT_READY));
    }
  }

  private void shouldBeLaunched(Trial trial) {
    look(trial);
    if (trial.isLaunched().get() || trial.verdict().isDone()) {
      return;
    }
    Phase phase = supervisor.child(trial.id()).map(ChildSnapshot::phase).orElse(Phase.DOWN);
    if (phase == Phase.STOPPING || phase == Phase.KILLING || phase == Phase.FINISHING) {
      measure(trial, stopTime(trial), () -> shouldBeLaunched(trial));
    } else {
      trial.verdict().complete(Verdict.NOT_JUDGED);
    }
  }
}
