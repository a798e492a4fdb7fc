package org.jsupervisor.core.internal.output;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.BackPressure.End;

/** Waits in memory. The budget counts the memory that is used, not only the bytes in it. */
final class MemoryBacklog implements Backlog {
  private final End dropped;
  private final long budgetBytes;
  private final LossTally tally;
  // Before all pieces, in this order: dropped oldest output, and ends that were passed over.
  private final Gaps oldest = new Gaps();
  private final Deque<Piece> oldestEnds = new ArrayDeque<>();
  private final Deque<Object> waiting = new ArrayDeque<>();
  // After all pieces.
  private final Gaps newest = new Gaps();
  // The last of what waits, if it may still be filled.
  private @Nullable Chunk filling;
  private long memoryBytes;
  private long outputBytes;

  MemoryBacklog(BackPressure.Drop spec, LossTally tally) {
    this.dropped = spec.dropped();
    this.budgetBytes = spec.budgetBytes();
    this.tally = tally;
  }

  /** Whether nothing would be dropped for it. */
  boolean hasRoomFor(int bytes) {
    // Chunks that are not the last are full, or one for another source: two at most are begun.
    return budgetBytes - memoryBytes >= bytes + 2L * Chunk.MEMORY_BYTES_MIN;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && oldest.isEmpty() && oldestEnds.isEmpty() && newest.isEmpty();
  }

  @Override
  public void add(OutputSource source, ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      Chunk chunk = chunkFor(source, bytes.remaining());
      if (chunk != null) {
        int before = bytes.remaining();
        chunk.fill(bytes);
        outputBytes += before - bytes.remaining();
      } else {
        drop(source, bytes);
      }
    }
  }

  private void drop(OutputSource source, ByteBuffer bytes) {
    switch (dropped) {
      case OLDEST -> dropOldest();
      case NEWEST -> {
        note(newest, source, bytes.remaining());
        bytes.position(bytes.limit());
        filling = null;
      }
    }
  }

  private void note(Gaps gaps, OutputSource source, int bytes) {
    gaps.add(source, bytes);
    tally.note(source.incarnation(), bytes, "the buffer is full");
  }

  private @Nullable Chunk chunkFor(OutputSource source, int wanted) {
    if (filling != null && filling.takesOf(source)) {
      return filling;
    }
    long room = budgetBytes - memoryBytes;
    if (room < Chunk.MEMORY_BYTES_MIN) {
      return null;
    }
    tellNewest();
    Chunk chunk = Chunk.of(source, wanted, room);
    memoryBytes += chunk.memoryBytes();
    waiting.add(chunk);
    filling = chunk;
    return chunk;
  }

  /** Something comes behind them. */
  private void tellNewest() {
    for (var gap = newest.next(); gap.isPresent(); gap = newest.next()) {
      waiting.add(gap.get());
    }
  }

  private void dropOldest() {
    Object first = waiting.removeFirst();
    while (!(first instanceof Chunk)) {
      oldestEnds.add((Piece) first);
      first = waiting.removeFirst();
    }
    Chunk chunk = (Chunk) first;
    forget(chunk);
    note(oldest, chunk.source(), chunk.sizeBytes());
  }

  private void forget(Chunk chunk) {
    memoryBytes -= chunk.memoryBytes();
    outputBytes -= chunk.sizeBytes();
    if (filling == chunk) {
      filling = null;
    }
  }

  @Override
  public void addEnd(OutputSource source) {
    tellNewest();
    filling = null;
    waiting.add(new Piece.Ended(source));
  }

  @Override
  public Optional<Piece> next() {
    Optional<Piece.Gap> gap = oldest.next();
    if (gap.isPresent()) {
      return Optional.of(gap.get());
    }
    if (!oldestEnds.isEmpty()) {
      return Optional.of(oldestEnds.removeFirst());
    }
    Object first = waiting.poll();
    if (first instanceof Chunk chunk) {
      forget(chunk);
      return Optional.of(chunk.done());
    }
    return first == null ? newest.next().map(Piece.class::cast) : Optional.of((Piece) first);
  }

  @Override
  public long waitingBytes() {
    return outputBytes;
  }

  @Override
  public void close() {
    waiting.clear();
    oldest.clear();
    oldestEnds.clear();
    newest.clear();
    filling = null;
    memoryBytes = 0;
    outputBytes = 0;
  }
}
