package org.jsupervisor.core.internal.output;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Takes all, and finds later that so many bytes of it are lost. */
final class LosingSink implements OutputSink {
  private final long atTheEnd;
  private final long atTheClose;
  private final Map<OutputSource, Long> ended = new HashMap<>();

  LosingSink(long atTheEnd, long atTheClose) {
    this.atTheEnd = atTheEnd;
    this.atTheClose = atTheClose;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) {
    bytes.position(bytes.limit());
  }

  @Override
  public void ended(OutputSource source) throws OutputLostException {
    ended.put(source, atTheClose);
    throw new OutputLostException(Map.of(source, atTheEnd), new IllegalStateException("away"));
  }

  @Override
  public void close() throws OutputLostException {
    throw new OutputLostException(ended, new IllegalStateException("away"));
  }
}
