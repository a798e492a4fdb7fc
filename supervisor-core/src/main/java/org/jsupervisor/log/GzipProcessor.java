package org.jsupervisor.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/** Compresses. The name keeps what it says of the file that was compressed. */
final class GzipProcessor implements Processor {
  private static final int BLOCK_BYTES = 64 * 1024;

  @Override
  public boolean process(FileChannel from, FileChannel to, BooleanSupplier cancelled)
      throws IOException {
    // The channels are closed by their owner, who has to sync the result before.
    InputStream input = Channels.newInputStream(from);
    GZIPOutputStream output = new GZIPOutputStream(Channels.newOutputStream(to), BLOCK_BYTES);
    byte[] block = new byte[BLOCK_BYTES];
    for (int count = input.read(block); count >= 0; count = input.read(block)) {
      if (cancelled.getAsBoolean()) {
        return false;
      }
      output.write(block, 0, count);
    }
    output.finish();
    return true;
  }

  @Override
  public OldName.State done(OldName name) {
    return name.state() == OldName.State.SAFE
        ? OldName.State.SAFE_COMPRESSED
        : OldName.State.UNSAFE_COMPRESSED;
  }

  @Override
  public boolean isFor(OldName name) {
    return !name.state().isCompressed();
  }
}
