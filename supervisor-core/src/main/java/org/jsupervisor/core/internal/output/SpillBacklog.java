package org.jsupervisor.core.internal.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.BackPressure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits in memory first. When that is full everything goes into a file, until the file is empty
 * again; what the file cannot take is dropped. If it cannot be read, what is in it is lost.
 */
final class SpillBacklog implements Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(SpillBacklog.class);

  private final BackPressure.Spill spec;
  private final LossTally tally;
  private final MemoryBacklog memory;
  // Behind all that waits elsewhere; of one source, the gap comes before the end.
  private final Gaps gaps = new Gaps();
  private final Deque<OutputSource> ends = new ArrayDeque<>();
  private @Nullable SpillFile file;

  SpillBacklog(BackPressure.Spill spec, LossTally tally) {
    this.spec = spec;
    this.tally = tally;
    this.memory =
        new MemoryBacklog(
            new BackPressure.Drop(BackPressure.End.NEWEST, BackPressure.SPILL_MEMORY_BYTES), tally);
  }

  @Override
  public void add(OutputSource source, ByteBuffer bytes) {
    if (isMemoryLast() && memory.hasRoomFor(bytes.remaining())) {
      memory.add(source, bytes);
      return;
    }
    try {
      SpillFile spill = opened();
      if (settleTail(spill)) {
        spill.writeBytes(source, bytes);
      }
      drop(source, bytes, "the file is full");
    } catch (IOException e) {
      drop(source, bytes, spec.file() + ": " + e);
    }
  }

  private boolean isMemoryLast() {
    return (file == null || file.isEmpty()) && gaps.isEmpty() && ends.isEmpty();
  }

  private SpillFile opened() throws IOException {
    SpillFile spill = file;
    if (spill == null) {
      spill = SpillFile.open(spec.file(), spec.budgetBytes());
      file = spill;
    }
    return spill;
  }

  private void drop(OutputSource source, ByteBuffer bytes, String why) {
    if (bytes.hasRemaining()) {
      gaps.add(source, bytes.remaining());
      tally.note(source.incarnation(), bytes.remaining(), why);
      bytes.position(bytes.limit());
    }
  }

  /** Whether what is behind the file is in it now, so that bytes may follow. */
  private boolean settleTail(SpillFile spill) throws IOException {
    while (!gaps.isEmpty() && spill.hasRoomForMark()) {
      spill.writeGap(gaps.next().orElseThrow());
    }
    while (!ends.isEmpty() && spill.hasRoomForMark()) {
      spill.writeEnd(ends.removeFirst());
    }
    return gaps.isEmpty() && ends.isEmpty();
  }

  @Override
  public void addEnd(OutputSource source) {
    if (isMemoryLast()) {
      memory.addEnd(source);
    } else {
      ends.add(source);
    }
  }

  @Override
  public Optional<Piece> next() {
    Optional<Piece> waiting = memory.next();
    if (waiting.isPresent()) {
      return waiting;
    }
    waiting = fromFile();
    if (waiting.isPresent()) {
      return waiting;
    }
    Optional<Piece.Gap> gap = gaps.next();
    return gap.isPresent()
        ? Optional.of(gap.get())
        : Optional.ofNullable(ends.poll()).map(Piece.Ended::new);
  }

  private Optional<Piece> fromFile() {
    SpillFile spill = file;
    if (spill == null || spill.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(spill.read());
    } catch (IOException e) {
      giveUp(spill, spec.file() + ": " + e);
      return Optional.empty();
    }
  }

  private void giveUp(SpillFile spill, String why) {
    file = null;
    for (SpillFile.Held held : spill.held()) {
      if (held.bytes() > 0) {
        tally.note(held.source().incarnation(), held.bytes(), why);
      }
      if (held.bytes() + held.gapBytes() > 0) {
        gaps.add(held.source(), held.bytes() + held.gapBytes());
      }
      if (held.ended()) {
        ends.addFirst(held.source());
      }
    }
    close(spill);
  }

  private void close(SpillFile spill) {
    try {
      spill.close();
    } catch (IOException e) {
      LOG.warn("spill file '{}': {}", spec.file(), e.toString());
    }
  }

  @Override
  public long waitingBytes() {
    return memory.waitingBytes() + (file == null ? 0 : file.outputBytes());
  }

  @Override
  public void close() {
    memory.close();
    gaps.clear();
    ends.clear();
    SpillFile spill = file;
    file = null;
    if (spill != null) {
      close(spill);
    }
  }
}
