package org.jsupervisor.posix.internal.io;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;

/** One turn of a source that has a sink. */
final class SourceTurn implements SinkCall {
  private final long id;
  private final PipeSource source;
  private final OutputSink sink;
  private final Turns turns;
  private PipeSource.@Nullable Turn turn;
  private @Nullable Throwable failure;

  SourceTurn(long id, PipeSource source, OutputSink sink, Turns turns) {
    this.sink = sink;
    this.id = id;
    this.source = source;
    this.turns = turns;
  }

  @Override
  public OutputSink sink() {
    return sink;
  }

  @Override
  public String whose() {
    return source.name();
  }

  @Override
  public boolean reads(long source) {
    return source == id;
  }

  @Override
  public void leftBehind() {
    turns.leaveAlone(id, source);
  }

  @Override
  public void run(ReadBuffer buffer) {
    // It may have ended since it was found.
    if (turns.isOpen(id, source)) {
      try {
        turn = source.turn(buffer);
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  @Override
  public void settle() {
    if (failure != null) {
      turns.giveUp(id, source, failure);
    } else if (turn != null) {
      turns.settle(id, source, turn);
    }
  }
}
