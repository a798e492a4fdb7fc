package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.LogSpec;

/**
 * Keeps output in a log directory: {@code current} is written; when it is full it is renamed to
 * {@code @<TAI64N>.s}, and the oldest beyond the limit is deleted.
 *
 * <pre>{@code
 * OutputSpec.to(new LogDirectory(LogSpec.of(Path.of("log/web")), InstantSource.system()))
 * }</pre>
 *
 * <p><b>Bytes</b> are kept exactly as they came; each line gets a timestamp before it, if wanted,
 * with the time at which its beginning was taken. The only bytes that are added are those
 * timestamps, a newline after a line that its source did not finish (at its end, when another
 * source writes, when the file was left by a crash), and a line that tells a loss. Lines of two
 * sources are never mixed.
 *
 * <p><b>Files</b> never grow beyond their size. A line goes into one file if it fits there as far
 * as it is known when it begins; one that is longer, or comes in parts, is cut at the limit and
 * continued in the next file without a new timestamp, so that the files in the order of their
 * names, {@code current} last, have it whole. No line is collected in memory.
 *
 * <p><b>Opening</b> happens at the first byte. A directory that was removed, or a {@code current}
 * that was renamed, is made anew at the next byte. A lock keeps other writers out.
 *
 * <p><b>Failure.</b> When bytes cannot be kept, {@link #accept} throws, and the position of its
 * buffer is at the first byte that was not kept; a write is undone rather than left torn. The next
 * call tries again, and when it succeeds, writes first how much is missing.
 *
 * <p>Confined to its caller as {@link OutputSink} says: never two calls at once.
 */
public final class LogDirectory implements OutputSink {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final byte[] NEWLINE = {'\n'};

  private final InstantSource clock;
  private final FileOpener opener;
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);

  private LogSpec spec;
  private LineStamp lineStamp;
  private @Nullable CurrentFile file;
  private boolean lineOpen;
  private @Nullable OutputSource lineOwner;

  /** Bytes of output that were not kept and not yet told in the log. */
  private long lostBytes;

  /** How many of them the pending bytes tell. */
  private long lostBytesPending;

  /** The position in the caller's buffer up to which bytes were copied. */
  private int copied;

  /** The position in the caller's buffer up to which bytes are in the file. */
  private int kept;

  /** A sink for the directory; touches no file before the first byte. */
  public LogDirectory(LogSpec spec, InstantSource clock) {
    this(spec, clock, CurrentFile::append);
  }

  LogDirectory(LogSpec spec, InstantSource clock, FileOpener opener) {
    this.spec = spec;
    this.clock = clock;
    this.opener = opener;
    this.lineStamp = new LineStamp(spec.timestamps());
  }

  /** From now on other limits and timestamps hold, for the file that is open too. */
  void follow(LogSpec newer) {
    spec = newer;
    lineStamp = new LineStamp(newer.timestamps());
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
    copied = bytes.position();
    kept = copied;
    try {
      Batch batch = begin(source);
      while (copied < bytes.limit()) {
        appendLine(batch, bytes);
      }
      flush(batch.file());
    } catch (IOException e) {
      giveUp(e);
      lostBytes += bytes.limit() - kept;
      throw e;
    } finally {
      bytes.position(kept);
    }
  }

  @Override
  public void ended(OutputSource source) throws IOException {
    if (lineOpen && source.equals(lineOwner)) {
      finishLine();
    }
  }

  /** Finishes the last line, tells a loss that was not yet told, and releases the lock. */
  @Override
  public void close() throws IOException {
    try {
      if (lineOpen || lostBytes > 0) {
        finishLine();
      }
    } finally {
      CurrentFile closing = file;
      file = null;
      if (closing != null) {
        closing.close();
      }
    }
  }

  /** What stays the same during one call. */
  private record Batch(OutputSource source, CurrentFile file, Instant now) {}

  private void finishLine() throws IOException {
    try {
      CurrentFile current = opened();
      Instant now = clock.instant();
      closeLine(current, now);
      tellLoss(current, now);
      flush(current);
    } catch (IOException e) {
      giveUp(e);
      throw e;
    }
  }

  private Batch begin(OutputSource source) throws IOException {
    Instant now = clock.instant();
    CurrentFile current = opened();
    if (lineOpen && !source.equals(lineOwner)) {
      closeLine(current, now);
    }
    tellLoss(current, now);
    return new Batch(source, current, now);
  }

  private CurrentFile opened() throws IOException {
    CurrentFile current = file;
    if (current != null && current.isInPlace()) {
      return current;
    }
    file = null;
    lineOpen = false;
    lineOwner = null;
    if (current != null) {
      current.close();
    }
    CurrentFile fresh = CurrentFile.open(spec.directory(), opener);
    file = fresh;
    if (fresh.endsInLine()) {
      append(fresh, NEWLINE, clock.instant());
    }
    return fresh;
  }

  private void closeLine(CurrentFile current, Instant now) throws IOException {
    if (lineOpen) {
      append(current, NEWLINE, now);
      lineOpen = false;
      lineOwner = null;
    }
  }

  private void tellLoss(CurrentFile current, Instant now) throws IOException {
    if (lostBytes > 0) {
      closeLine(current, now);
      String line = "supervisor: " + lostBytes + " bytes of output lost\n";
      append(current, lineStamp.at(now), now);
      append(current, line.getBytes(StandardCharsets.US_ASCII), now);
      lostBytesPending = lostBytes;
    }
  }

  /** Copies what the buffer has of one line. */
  private void appendLine(Batch batch, ByteBuffer bytes) throws IOException {
    int end = endOfLine(bytes, copied);
    if (!lineOpen) {
      beginLine(batch, end - copied);
    }
    while (copied < end) {
      int length = Math.min(end - copied, makeRoom(batch.file(), batch.now()));
      pending.put(pending.position(), bytes, copied, length);
      pending.position(pending.position() + length);
      copied += length;
    }
    if (bytes.get(end - 1) == '\n') {
      lineOpen = false;
      lineOwner = null;
    }
  }

  private void beginLine(Batch batch, int knownLength) throws IOException {
    byte[] stamp = lineStamp.at(batch.now());
    long used = batch.file().size() + pending.position();
    if (used > 0 && used + stamp.length + knownLength > spec.fileBytesMax()) {
      rotate(batch.file(), batch.now());
    }
    lineOpen = true;
    lineOwner = batch.source();
    append(batch.file(), stamp, batch.now());
  }

  private static int endOfLine(ByteBuffer bytes, int from) {
    int limit = bytes.limit();
    for (int i = from; i < limit; i++) {
      if (bytes.get(i) == '\n') {
        return i + 1;
      }
    }
    return limit;
  }

  private void append(CurrentFile current, byte[] added, Instant now) throws IOException {
    int done = 0;
    while (done < added.length) {
      int length = Math.min(added.length - done, makeRoom(current, now));
      pending.put(added, done, length);
      done += length;
    }
  }

  /** How many bytes may be added now: at least one, after a flush or a rotation if need be. */
  private int makeRoom(CurrentFile current, Instant now) throws IOException {
    if (current.size() + pending.position() >= spec.fileBytesMax()) {
      rotate(current, now);
    } else if (!pending.hasRemaining()) {
      flush(current);
    }
    long room = spec.fileBytesMax() - current.size() - pending.position();
    return (int) Math.min(room, pending.remaining());
  }

  private void rotate(CurrentFile current, Instant now) throws IOException {
    flush(current);
    current.rotate(now, spec.oldFilesMax());
  }

  private void flush(CurrentFile current) throws IOException {
    pending.flip();
    current.write(pending);
    pending.clear();
    kept = copied;
    lostBytes -= lostBytesPending;
    lostBytesPending = 0;
  }

  /** After an error nothing is known: the next call looks at the disk again. */
  private void giveUp(IOException cause) {
    pending.clear();
    lostBytesPending = 0;
    lineOpen = false;
    lineOwner = null;
    CurrentFile broken = file;
    file = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
