package org.jsupervisor.posix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.Incarnation;

/** Keeps everything, but blocks in its first call of one kind until it is released. */
final class StuckSink implements OutputSink {
  enum Call {
    ACCEPT,
    ENDED,
    CLOSE
  }

  private final Call blocksIn;
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch wasClosed = new CountDownLatch(1);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  // Not guarded on purpose: the contract says that each call sees what the one before has done.
  private final Map<OutputSource, StringBuilder> kept = new LinkedHashMap<>();
  private volatile String all = "";
  private volatile boolean blocked;
  private volatile boolean deaf;

  StuckSink(Call blocksIn) {
    this.blocksIn = blocksIn;
  }

  StuckSink ignoringInterrupts() {
    deaf = true;
    return this;
  }

  void release() {
    released.countDown();
  }

  boolean isBlocked() {
    return blocked;
  }

  /** How often it was called while it was in a call. */
  int overlaps() {
    return overlaps.get();
  }

  int closed() {
    return closed.get();
  }

  boolean awaitClose(Duration max) {
    try {
      return wasClosed.await(max.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<String> calls() {
    return calls;
  }

  /** All that came, source by source. */
  String text() {
    return all;
  }

  /** What one run has written, when nothing more comes. */
  String textOf(Incarnation run) {
    StringBuilder text = new StringBuilder();
    kept.forEach(
        (source, of) -> {
          if (source.incarnation().equals(run)) {
            text.append(of);
          }
        });
    return text.toString();
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) {
    enter(Call.ACCEPT);
    kept.computeIfAbsent(source, unused -> new StringBuilder())
        .append(StandardCharsets.ISO_8859_1.decode(bytes));
    all = String.join("", kept.values());
    leave();
  }

  @Override
  public void ended(OutputSource source) {
    enter(Call.ENDED);
    leave();
  }

  @Override
  public void close() {
    enter(Call.CLOSE);
    leave();
    closed.incrementAndGet();
    wasClosed.countDown();
  }

  private void enter(Call call) {
    calls.add(call.name().toLowerCase(java.util.Locale.ROOT));
    if (inside.incrementAndGet() > 1) {
      overlaps.incrementAndGet();
    }
    if (call == blocksIn && !blocked) {
      blocked = true;
      awaitRelease();
    }
  }

  private void awaitRelease() {
    boolean waits = true;
    while (waits) {
      try {
        released.await();
        waits = false;
      } catch (InterruptedException e) {
        waits = deaf;
      }
    }
  }

  private void leave() {
    inside.decrementAndGet();
  }
}
