package org.jsupervisor.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.LogSpec;

/**
 * Keeps output in a log directory: {@code current} is written; when it is full it is renamed to
 * {@code @<TAI64N>.s}, and the oldest beyond the limits is deleted.
 *
 * <pre>{@code
 * OutputSpec.to(new LogDirectory(LogSpec.of(Path.of("log/web")), InstantSource.system()))
 * }</pre>
 *
 * <p><b>Bytes</b> are kept exactly as they came; each line gets a timestamp and a prefix before it,
 * if wanted, with the time at which its beginning was taken. Otherwise the only bytes that are
 * added are a newline after a line that its source did not finish (at its end, when another source
 * writes, when the file was left by a crash), a line that tells a loss, and the marks of a line
 * that is longer than {@link LogSpec#lineBytesMax}. Lines of two sources are never mixed.
 *
 * <p><b>Files</b> never grow beyond their size. A line goes into one file if it fits there as far
 * as it is known when it begins; one that is longer, or comes in parts, is cut at the limit and
 * continued in the next file without a new timestamp, so that the files in the order of their
 * names, {@code current} last, have it whole. No line is collected in memory, but for the first
 * bytes of one of which it is not known yet whether it is kept.
 *
 * <p><b>Opening</b> happens at the first byte. A directory that was removed, or a {@code current}
 * that was renamed, is made anew at the next byte. A lock keeps other writers out.
 *
 * <p><b>Failure.</b> When bytes cannot be kept, {@link #accept} throws, and the position of its
 * buffer is at the first byte that is not kept. Nothing is torn: the same bytes may be offered
 * again, and go on where the log ends. If they will never come, {@link #lost} says so in the log,
 * at once or as soon as the disk takes it.
 *
 * <p>Confined to its caller as {@link OutputSink} says: never two calls at once, {@link #rotate}
 * included. Syncing and processing of old files happens on threads of its own; closing waits for
 * the sync of what was rotated last, and gives up processing, which is done at the next opening.
 */
public final class LogDirectory implements OutputSink {
  private final LogContext context;
  private final Assembly assembly;
  private final OpenLine line;
  private final RawWriter raw;
  private final WriteSync sync;

  private LogSpec spec;
  private LineWriter lines;

  /** The next one, when the last line allows to change. */
  private LineWriter nextLines;

  /** Volatile, for whoever asks for its sizes. */
  private volatile @Nullable CurrentFile file;

  /** A sink for the directory; touches no file before the first byte. */
  public LogDirectory(LogSpec spec, InstantSource clock) {
    this(spec, LogContext.of(clock));
  }

  LogDirectory(LogSpec spec, LogContext context) {
    this.spec = spec;
    this.context = context;
    this.assembly = new Assembly(spec);
    this.line = assembly.line();
    this.raw = new RawWriter(assembly);
    this.lines = new LineWriter(assembly, spec);
    this.nextLines = lines;
    this.sync = new WriteSync(context.upkeep());
  }

  /** From now on other limits and another form of lines hold, for the file that is open too. */
  void follow(LogSpec newer) {
    if (newer.equals(spec)) {
      return;
    }
    spec = newer;
    assembly.follow(newer);
    nextLines = new LineWriter(assembly, newer);
    if (file != null) {
      file.follow(newer);
    }
  }

  /** How big it is; any thread, waits for nobody. Empty while no file is open. */
  Optional<LogSizes> sizes() {
    CurrentFile current = file;
    return current == null ? Optional.empty() : Optional.of(current.sizes());
  }

  /** The directory that is written. */
  public Path directory() {
    return spec.directory();
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      return;
    }
    ByteBuffer buffer = context.borrow();
    assembly.begin(buffer, bytes.position());
    try {
      LineWriter.Call call = begin(source);
      // A view of its own: the position of the caller's is set once, at the end.
      ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      if (lines.isRaw()) {
        raw.write(call, view);
      } else {
        lines.write(call, view);
      }
      assembly.flush(call.file());
      sync.written(call.file(), spec.sync());
    } finally {
      bytes.position(assembly.kept());
      assembly.end();
      context.giveBack(buffer);
    }
  }

  @Override
  public void ended(OutputSource source) throws IOException {
    if (line.isOf(source)) {
      write(source, Gap.NONE);
    }
  }

  /**
   * Writes a line that says how many bytes are missing; if that fails, it is written before the
   * next bytes that come.
   */
  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    if (bytes > 0) {
      assembly.addLost(bytes);
      write(source, Gap.TOLD);
    }
  }

  /**
   * Makes an old file of {@code current}, if it has any bytes: at once, or when the line ends that
   * it ends with.
   *
   * @throws IOException if the file cannot be renamed, or the next one not be made
   */
  public void rotate() throws IOException {
    CurrentFile current = file;
    if (current == null || current.size() == 0) {
      return;
    }
    if (line.state() == OpenLine.State.KEPT) {
      assembly.setDue();
    } else if (current.isInPlace() && current.recover()) {
      current.rotate(context.clock().instant(), spec, line.state());
    }
  }

  /**
   * Finishes the last line, tells a loss that was not yet told, and releases the lock.
   *
   * @throws OutputLostException if the line is still in memory, as it was not known yet whether it
   *     is kept, and the disk refuses it
   */
  @Override
  public void close() throws IOException {
    Closeable end = this::finish;
    try (end) {
      if (line.state() != OpenLine.State.NONE || assembly.lostBytes() > 0) {
        write(null, Gap.TOLD);
      }
    } catch (IOException refused) {
      throw lines.lossOfHeld(refused);
    }
  }

  private void finish() throws IOException {
    CurrentFile closing = file;
    file = null;
    if (closing != null) {
      closing.finish(spec);
    }
  }

  /** Whether a call is about a loss that is to be told. */
  private enum Gap {
    NONE,
    TOLD
  }

  /** Finishes the last line. */
  private void write(@Nullable OutputSource source, Gap gap) throws IOException {
    ByteBuffer buffer = context.borrow();
    assembly.begin(buffer, 0);
    try {
      CurrentFile current = opened();
      Instant now = context.clock().instant();
      LineWriter.Call call = new LineWriter.Call(current, source, now, lines.stampAt(now));
      lines.closeLine(call);
      if (gap == Gap.TOLD) {
        tellLoss(call);
      }
      assembly.flush(current);
    } finally {
      assembly.end();
      context.giveBack(buffer);
    }
  }

  /** Brings the log to where the bytes of the source can follow. */
  private LineWriter.Call begin(OutputSource source) throws IOException {
    CurrentFile current = opened();
    Instant now = context.clock().instant();
    if (line.state() == OpenLine.State.NONE || line.state() == OpenLine.State.KEPT) {
      lines = nextLines;
    }
    LineWriter.Call call = new LineWriter.Call(current, source, now, lines.stampAt(now));
    if (line.isOfAnother(source)) {
      lines.closeLine(call);
    }
    tellLoss(call);
    if (current.size() == 0) {
      current.begin(now);
      assembly.clearDue();
    } else if (isTooOld(current, now)) {
      assembly.setDue();
    }
    return call;
  }

  private boolean isTooOld(CurrentFile current, Instant now) {
    return spec.fileAgeMax().isPresent()
        && current.size() > 0
        && Duration.between(current.begun(), now).compareTo(spec.fileAgeMax().get()) >= 0;
  }

  private CurrentFile opened() throws IOException {
    CurrentFile current = file;
    if (current != null && current.isInPlace() && current.recover()) {
      return current;
    }
    file = null;
    if (current != null) {
      current.close();
    }
    CurrentFile fresh = CurrentFile.open(spec, context);
    try {
      assembly.goOnIn(fresh, context.clock().instant());
    } catch (IOException e) {
      // Not looked at, so not open: the next call has to look again.
      fresh.close();
      throw e;
    }
    file = fresh;
    return fresh;
  }

  private void tellLoss(LineWriter.Call call) throws IOException {
    if (assembly.lostBytes() > 0) {
      lines.closeLine(call);
      lines.putLine(call, "supervisor: " + assembly.lostBytes() + " bytes of output lost");
      assembly.told();
    }
  }

  /** For tests: the work on old files, while the directory is open. */
  @Nullable OldFileWork work() {
    CurrentFile current = file;
    return current == null ? null : current.work();
  }
}
