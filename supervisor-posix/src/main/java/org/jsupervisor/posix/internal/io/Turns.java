package org.jsupervisor.posix.internal.io;

import java.util.Deque;
import java.util.Queue;
import org.jsupervisor.output.OutputSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the turns and ends of sources lead to. What calls a sink becomes one of the calls of the
 * pump, the rest is done at once. Confined to the leader of the pump.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final OutputContext context;
  private final WatchedSources sources;
  private final Sinks sinks;
  private final Deque<SinkCall> calls;
  private final HeldBack heldBack = new HeldBack();
  private final Paused paused = new Paused();

  /**
   * Of one pump.
   *
   * @param calls gets those that are to be made
   */
  Turns(OutputContext context, WatchedSources sources, Sinks sinks, Deque<SinkCall> calls) {
    this.context = context;
    this.sources = sources;
    this.sinks = sinks;
    this.calls = calls;
  }

  /** How long until a source wants something without having been found. */
  long waitNanos(long nowNanos) {
    return Math.min(heldBack.waitNanos(nowNanos), paused.waitNanos(nowNanos));
  }

  /** The source has been found. */
  void found(long id) {
    // The end of a pipe is found even of one that is left alone; once.
    if (!sources.isDisarmed(id)) {
      take(id);
    }
  }

  /** Turns of those whose pause is over. */
  void takeDue() {
    for (long id : paused.due(context.nowNanos())) {
      paused.remove(id);
      take(id);
    }
  }

  /** Reports what has been held back long enough. */
  void reportDue() {
    heldBack.reportDue(context.nowNanos());
  }

  /** Whether it is begun and not over; any thread. */
  boolean isOpen(long id, PipeSource source) {
    return sources.get(id) == source;
  }

  /** Now, or if it calls a sink, with the other calls. */
  void take(long id) {
    PipeSource source = sources.get(id);
    if (source == null) {
      return;
    }
    OutputSink sink = source.sink().orElse(null);
    if (sink != null) {
      calls.add(new SourceTurn(id, source, sink, this));
      return;
    }
    PipeSource.Turn turn;
    try {
      // It keeps nothing in it: no stranger is called.
      turn = source.turn(context.ownBuffer());
    } catch (Throwable e) {
      giveUp(id, source, e);
      return;
    }
    settle(id, source, turn);
  }

  /** A turn is over; on the leader. */
  void settle(long id, PipeSource source, PipeSource.Turn turn) {
    if (turn == PipeSource.Turn.OVER) {
      end(id, source, source::over);
    } else if (sources.isReleased()) {
      // The pump has ended meanwhile.
      sources.remove(id, source);
      abandon(source);
    } else {
      heldBack.note(source, context.nowNanos());
      if (turn == PipeSource.Turn.OPEN) {
        sources.arm(id);
      } else {
        sources.disarm(id);
        paused.add(id, context.nowNanos());
      }
    }
  }

  /** A turn has failed for an error of ours; on the leader. */
  void giveUp(long id, PipeSource source, Throwable cause) {
    end(id, source, () -> source.failed(cause));
    LOG.error("a pipe is given up", cause);
  }

  /** A turn goes on, but without the lead; on the new leader. */
  void leaveAlone(long id, PipeSource source) {
    heldBack.forget(source);
    paused.remove(id);
    sources.disarm(id);
  }

  private void end(long id, PipeSource source, Runnable tell) {
    heldBack.forget(source);
    paused.remove(id);
    sources.remove(id, source);
    tellEnd(source, tell);
  }

  /** Tells the end of a source that is released by now. */
  void tellEnd(PipeSource source, Runnable tell) {
    OutputSink sink = source.sink().orElse(null);
    if (sink == null) {
      tell.run();
    } else {
      calls.add(SinkCall.telling(sink, source.name(), tell, () -> sinks.release(sink)));
    }
  }

  /** The pump ends, and the source is released by now. */
  void abandon(PipeSource source) {
    OutputSink sink = source.sink().orElse(null);
    if (sink == null) {
      source.abandoned();
    } else {
      calls.add(SinkCall.telling(sink, source.name(), source::abandoned, () -> {}));
    }
  }

  /** A socket has no end of its own: its run has, and so has this pump. */
  void endSockets(boolean all) {
    Queue<Long> ends = sources.toEnd(all);
    Long id;
    while ((id = ends.poll()) != null) {
      // What was sent before the end of the run is still there.
      take(id);
      PipeSource source = sources.get(id);
      if (source != null) {
        end(id, source, source::over);
      }
    }
  }
}
