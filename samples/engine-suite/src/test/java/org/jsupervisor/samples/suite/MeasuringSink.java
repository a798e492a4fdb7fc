package org.jsupervisor.samples.suite;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;

/** Keeps nothing but sums of what one run writes. */
final class MeasuringSink implements OutputSink {
  private final CRC32 crc = new CRC32();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long bytes;
  private long lines;

  @Override
  public void accept(OutputSource source, ByteBuffer chunk) {
    bytes += chunk.remaining();
    for (int at = chunk.position(); at < chunk.limit(); at++) {
      if (chunk.get(at) == '\n') {
        lines++;
      }
    }
    crc.update(chunk);
  }

  @Override
  public void ended(OutputSource source) {
    ended.countDown();
  }

  /** After the end of the run: its bytes, lines and CRC. */
  String await() throws InterruptedException {
    ended.await();
    return bytes + " " + lines + " " + Long.toHexString(crc.getValue());
  }
}
