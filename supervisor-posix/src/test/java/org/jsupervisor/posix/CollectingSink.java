package org.jsupervisor.posix;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Keeps everything in memory. */
final class CollectingSink implements OutputSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<OutputSource> ended = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();
  final AtomicInteger closed = new AtomicInteger();

  @Override
  public void accept(OutputSource source, ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(copy);
    synchronized (bytes) {
      bytes.writeBytes(copy);
    }
  }

  @Override
  public void ended(OutputSource source) {
    ended.add(source);
    threads.add(Thread.currentThread().getName());
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    threads.add(Thread.currentThread().getName());
  }

  byte[] bytes() {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
