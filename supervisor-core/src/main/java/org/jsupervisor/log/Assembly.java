package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jsupervisor.spec.LogSpec;

/**
 * What one call has for the file and has not written yet, and the state of the log as it will be
 * then. A failure takes everything back to what is in the file: the bytes, the last line, the loss
 * that was told, and how far the caller's buffer was taken. Confined to the writer.
 */
final class Assembly {
  private static final byte[] NEWLINE = {'\n'};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final OpenLine line = new OpenLine();
  private final OpenLine lineInFile = new OpenLine();
  private ByteBuffer pending = NOTHING;
  private LogSpec spec;
  private int taken;
  private int kept;

  /** Bytes of output that are not in the file, and not told there either. */
  private long lostBytes;

  /** How many of them the pending bytes tell. */
  private long toldBytes;

  /** Whether a rotation is wanted at the end of the line, whatever the size. */
  private boolean due;

  Assembly(LogSpec spec) {
    this.spec = spec;
  }

  /** From now on these limits hold. */
  void follow(LogSpec newer) {
    spec = newer;
  }

  /** Begins a call with an empty buffer, and the position of the caller's. */
  void begin(ByteBuffer buffer, int position) {
    pending = buffer;
    taken = position;
    kept = position;
  }

  /** Ends the call; what was not written is taken back. */
  void end() {
    pending = NOTHING;
    taken = kept;
    toldBytes = 0;
    line.copy(lineInFile);
  }

  LogSpec spec() {
    return spec;
  }

  /** The last line, with what is pending. */
  OpenLine line() {
    return line;
  }

  ByteBuffer pending() {
    return pending;
  }

  /** Up to where the caller's buffer is in the file or pending. */
  int taken() {
    return taken;
  }

  /** Up to where the caller's buffer is in the file. */
  int kept() {
    return kept;
  }

  void taken(int position) {
    taken = position;
  }

  long lostBytes() {
    return lostBytes;
  }

  void addLost(long bytes) {
    lostBytes += bytes;
  }

  /** The pending bytes tell of everything that was lost. */
  void told() {
    toldBytes = lostBytes;
  }

  boolean isDue() {
    return due;
  }

  void setDue() {
    due = true;
  }

  void clearDue() {
    due = false;
  }

  /** How large the file will be. */
  long used(CurrentFile file) {
    return file.size() + pending.position();
  }

  /** Adds a few bytes in one piece. */
  void put(CurrentFile file, byte[] bytes, Instant now) throws IOException {
    if (bytes.length > spec.fileBytesMax() - used(file)) {
      rotate(file, now);
    } else if (bytes.length > pending.remaining()) {
      flush(file);
    }
    pending.put(bytes);
  }

  /** How many bytes may be added now: at least one, after a flush or a rotation if need be. */
  int makeRoom(CurrentFile file, Instant now) throws IOException {
    if (used(file) >= spec.fileBytesMax()) {
      rotate(file, now);
    } else if (!pending.hasRemaining()) {
      flush(file);
    }
    return (int) Math.min(spec.fileBytesMax() - used(file), pending.remaining());
  }

  /** Rotates before a line, or a part of one, that is known to need so much. */
  void fit(CurrentFile file, long bytes, Instant now) throws IOException {
    long used = used(file);
    if (used > 0 && (due || used + bytes > spec.fileBytesMax())) {
      rotate(file, now);
    }
  }

  /** Rotates at the end of a line, if that was waited for. */
  void rotateIfDue(CurrentFile file, Instant now) throws IOException {
    if (due && used(file) > 0) {
      rotate(file, now);
    }
  }

  void rotate(CurrentFile file, Instant now) throws IOException {
    flush(file);
    file.rotate(now, spec, line.state());
    due = false;
  }

  /**
   * Goes on in a file that was just opened, before anything is taken. A line of which nothing is in
   * the file before, or of which the reader is told that it goes on, does; the rest of any other
   * one counts as a line of its own, since what it belongs to was taken away.
   */
  void goOnIn(CurrentFile fresh, Instant now) throws IOException {
    boolean endsInLine = fresh.endsInLine();
    boolean isApart = line.state() != OpenLine.State.KEPT || line.isCut();
    if (line.state() == OpenLine.State.NONE || (!isApart && fresh.size() > 0)) {
      line.end();
      if (endsInLine) {
        line.begin(OpenLine.State.KEPT, null);
      }
    } else if (!isApart && !endsInLine) {
      line.end();
    } else if (isApart && endsInLine) {
      put(fresh, NEWLINE, now);
      flush(fresh);
    }
    commit();
  }

  /** Writes what is pending: from then on it is not taken back. */
  void flush(CurrentFile file) throws IOException {
    if (pending.position() > 0) {
      pending.flip();
      file.write(pending);
      pending.clear();
    }
    commit();
  }

  /** What was written past this, or needs no writing, is not taken back. */
  void commit() {
    kept = taken;
    lineInFile.copy(line);
    lostBytes -= toldBytes;
    toldBytes = 0;
  }
}
