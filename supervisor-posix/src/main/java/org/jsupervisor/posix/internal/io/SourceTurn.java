package org.jsupervisor.posix.internal.io;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;

/** One turn of a source that has a sink. */
final class SourceTurn extends SinkCall {
  private final long id;
  private final PipeSource source;
  private final Turns turns;
  private PipeSource.@Nullable Turn turn;
  private @Nullable Throwable failure;

  SourceTurn(long id, PipeSource source, OutputSink sink, Turns turns) {
    super(sink);
    this.id = id;
    this.source = source;
    this.turns = turns;
  }

  @Override
  String whose() {
    return source.name();
  }

  @Override
  boolean reads(long source) {
    return source == id;
  }

  @Override
  void leftBehind() {
    turns.leaveAlone(id, source);
  }

  @Override
  void run(ReadBuffer buffer) {
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
  void settle() {
    if (failure != null) {
      turns.giveUp(id, source, failure);
    } else if (turn != null) {
      turns.settle(id, source, turn);
    }
  }
}
