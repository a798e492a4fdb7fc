package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.spec.LogSpec;

/**
 * One user of a log directory, from its first byte on. Confined to its caller, but for {@link
 * #rotate} and {@link #sizes}.
 */
final class SharedSink implements RotatingSink {
  private final LogDirectories directories;
  private final LogSpec spec;
  private final long ordinal;

  /** Volatile, for whoever asks for its sizes. */
  private volatile @Nullable SharedLog log;

  /** A sink that was opened as the so many-th. */
  SharedSink(LogDirectories directories, LogSpec spec, long ordinal) {
    this.directories = directories;
    this.spec = spec;
    this.ordinal = ordinal;
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    joined().accept(source, bytes);
  }

  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    joined().lost(source, bytes);
  }

  private SharedLog joined() {
    SharedLog joined = log;
    if (joined == null) {
      joined = directories.join(spec, ordinal);
      log = joined;
    }
    return joined;
  }

  /** What another sink of the directory has written is rotated, too: it is the same file. */
  @Override
  public void rotate() throws IOException {
    boolean unused = directories.rotate(spec.directory());
  }

  @Override
  public Optional<LogSizes> sizes() {
    SharedLog joined = log;
    return joined == null ? Optional.empty() : joined.sizes();
  }

  @Override
  public String name() {
    return spec.directory().toString();
  }

  @Override
  public void ended(OutputSource source) throws IOException {
    SharedLog joined = log;
    if (joined != null) {
      joined.ended(source);
    }
  }

  @Override
  public void close() throws IOException {
    SharedLog left = log;
    log = null;
    if (left != null) {
      directories.leave(left);
    }
  }
}
