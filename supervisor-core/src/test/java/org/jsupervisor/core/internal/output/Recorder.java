package org.jsupervisor.core.internal.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** A sink that takes so many bytes, then refuses; and notes what else it is told. Any thread. */
final class Recorder implements OutputSink {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final List<String> told = new ArrayList<>();
  private int room;
  private boolean closed;

  Recorder(int room) {
    this.room = room;
  }

  synchronized void grow(int bytes) {
    room += bytes;
  }

  @Override
  public synchronized void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (room == 0) {
        throw new IOException("full");
      }
      room--;
      kept.write(bytes.get());
    }
  }

  @Override
  public synchronized void lost(OutputSource source, long bytes) {
    told.add("lost " + bytes);
  }

  @Override
  public synchronized void ended(OutputSource source) {
    told.add("ended");
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.US_ASCII);
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
