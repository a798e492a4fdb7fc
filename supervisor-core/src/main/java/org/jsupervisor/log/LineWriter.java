package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.LineRule;
import org.jsupervisor.spec.LogSpec;

/**
 * Writes line by line: with a timestamp and prefix before each, without those that are not wanted,
 * and with marks where a long one is cut.
 *
 * <p>Whole lines that fit into buffer and file are most of them, and go a short way: found eight
 * bytes at a time, copied once, without any garbage. Everything else goes the long way. Confined to
 * its directory's writer.
 */
final class LineWriter {
  /** Ends a part of a line that goes on. */
  static final byte[] GOES_ON = " +++\n".getBytes(StandardCharsets.US_ASCII);

  /** Begins a part of a line that has begun before. */
  static final byte[] GOES_ON_HERE = "+++ ".getBytes(StandardCharsets.US_ASCII);

  private static final int MARKS_BYTES = GOES_ON.length + GOES_ON_HERE.length;
  private static final byte[] NEWLINE = {'\n'};

  /**
   * What stays the same during one call.
   *
   * @param source whose bytes come; null if none do
   * @param stamp timestamp and prefix
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Call(CurrentFile file, @Nullable OutputSource source, Instant now, byte[] stamp) {}

  private final Assembly assembly;
  private final OpenLine line;
  private final LineStamp stamp;
  private final Selection selection;
  private final int partMax;
  private final boolean raw;

  /** While the line is HELD: how it begins. */
  private final ByteBuffer held;

  /** While the line is HELD: the stamp of the time when it began. */
  private byte[] heldStamp = NEWLINE;

  LineWriter(Assembly assembly, LogSpec spec) {
    this.assembly = assembly;
    this.line = assembly.line();
    this.stamp = new LineStamp(spec.timestamps(), spec.prefix());
    this.selection = new Selection(spec.selection());
    this.held = ByteBuffer.allocate(selection.isAll() ? 0 : LineRule.DECIDING_BYTES);
    this.partMax = spec.lineBytesMax().orElse(Integer.MAX_VALUE);
    this.raw = stamp.isEmpty() && selection.isAll() && spec.lineBytesMax().isEmpty();
  }

  /** Whether bytes are kept just as they come, so that nobody has to look at them. */
  boolean isRaw() {
    return raw;
  }

  byte[] stampAt(Instant now) {
    return stamp.at(now);
  }

  /** Takes all of the bytes, from where the assembly has taken them. */
  void write(Call call, ByteBuffer littleEndian) throws IOException {
    while (assembly.taken() < littleEndian.limit()) {
      if (line.state() == OpenLine.State.NONE && !assembly.isDue()) {
        appendWholeLines(call, littleEndian);
      }
      if (assembly.taken() < littleEndian.limit()) {
        appendLine(call, littleEndian);
      }
    }
  }

  /** The short way, for as many lines as it can. */
  private void appendWholeLines(Call call, ByteBuffer in) {
    ByteBuffer out = assembly.pending();
    byte[] lead = call.stamp();
    boolean all = selection.isAll();
    long room = assembly.spec().fileBytesMax() - call.file().size();
    // No room at all, if the file is larger than its limit: by more than an int, perhaps.
    int end = (int) Math.max(0, Math.min(room, out.capacity()));
    int to = out.position();
    int from = assembly.taken();
    int limit = in.limit();
    while (from < limit) {
      int newline = Newlines.first(in, from, limit);
      int length = newline + 1 - from;
      if (newline == limit || length > partMax || to + lead.length + length > end) {
        break;
      }
      if (all || selection.keeps(in, from, newline)) {
        out.put(to, lead);
        out.put(to + lead.length, in, from, length);
        to += lead.length + length;
      }
      from = newline + 1;
    }
    out.position(to);
    assembly.taken(from);
  }

  /** The long way, for what the buffer has of one line. */
  private void appendLine(Call call, ByteBuffer in) throws IOException {
    int newline = Newlines.first(in, assembly.taken(), in.limit());
    boolean whole = newline < in.limit();
    switch (line.state()) {
      case NONE -> beginOrHold(call, in, newline);
      case HELD -> goOnWithHeld(call, in, newline);
      case KEPT, DROPPED -> {}
    }
    switch (line.state()) {
      case KEPT -> {
        appendContent(call, in, newline);
        if (whole) {
          assembly.put(call.file(), NEWLINE, call.now());
        }
      }
      case NONE, HELD, DROPPED -> assembly.taken(newline);
    }
    if (whole) {
      assembly.taken(newline + 1);
      line.end();
      assembly.rotateIfDue(call.file(), call.now());
    }
  }

  private void beginOrHold(Call call, ByteBuffer in, int newline) throws IOException {
    int from = assembly.taken();
    int length = newline - from;
    if (!selection.isAll() && newline == in.limit() && length < LineRule.DECIDING_BYTES) {
      assembly.flush(call.file());
      held.clear();
      hold(in, newline);
      heldStamp = call.stamp();
      line.begin(OpenLine.State.HELD, call.source());
    } else if (selection.isAll() || selection.keeps(in, from, newline)) {
      begin(call, call.stamp(), length);
    } else {
      line.begin(OpenLine.State.DROPPED, call.source());
    }
  }

  private void goOnWithHeld(Call call, ByteBuffer in, int newline) throws IOException {
    int length = held.position() + newline - assembly.taken();
    if (newline == in.limit() && length < LineRule.DECIDING_BYTES) {
      assembly.flush(call.file());
      hold(in, newline);
      return;
    }
    int before = held.position();
    // Into the rest of the buffer, and not counted: a failure leaves what is held as it was.
    int added = Math.min(newline - assembly.taken(), held.remaining());
    held.put(before, in, assembly.taken(), added);
    settleHeld(call, before + added, length);
  }

  private void hold(ByteBuffer in, int to) {
    int length = to - assembly.taken();
    held.put(held.position(), in, assembly.taken(), length);
    held.position(held.position() + length);
  }

  /** Decides by what is known now. */
  private void settleHeld(Call call, int known, int length) throws IOException {
    // What is held goes into the file in one piece, so that a failure leaves all of it held.
    assembly.flush(call.file());
    if (selection.keeps(held, 0, known)) {
      fitHeld(call);
      begin(call, heldStamp, length);
      putContent(call, held, 0, held.position());
    } else {
      line.begin(OpenLine.State.DROPPED, call.source());
    }
  }

  /** A rotation between its parts could fail when a part is in the file, and not held any more. */
  private void fitHeld(Call call) throws IOException {
    if (held.position() > partMax) {
      int parts = held.position() / partMax + 1;
      int mostOfPart = Math.max(heldStamp.length, call.stamp().length) + MARKS_BYTES;
      assembly.fit(call.file(), held.position() + parts * (long) mostOfPart, call.now());
    }
  }

  private void begin(Call call, byte[] lead, int length) throws IOException {
    assembly.fit(call.file(), lead.length + partLength(length), call.now());
    assembly.put(call.file(), lead, call.now());
    line.begin(OpenLine.State.KEPT, call.source());
  }

  /** Of a line of which so much is to come: how long its next part is with its end. */
  private int partLength(int length) {
    return length > partMax ? partMax + GOES_ON.length : length + 1;
  }

  private void appendContent(Call call, ByteBuffer in, int to) throws IOException {
    while (assembly.taken() < to) {
      int length = putPiece(call, in, assembly.taken(), to);
      assembly.taken(assembly.taken() + length);
    }
  }

  private void putContent(Call call, ByteBuffer from, int begin, int to) throws IOException {
    int at = begin;
    while (at < to) {
      at += putPiece(call, from, at, to);
    }
  }

  private int putPiece(Call call, ByteBuffer from, int at, int to) throws IOException {
    if (line.partBytes() >= partMax) {
      assembly.put(call.file(), GOES_ON, call.now());
      line.cut();
    }
    if (line.isCut()) {
      beginPart(call, to - at);
    }
    int room = assembly.makeRoom(call.file(), call.now());
    int length = Math.min(Math.min(to - at, room), partMax - line.partBytes());
    ByteBuffer out = assembly.pending();
    out.put(out.position(), from, at, length);
    out.position(out.position() + length);
    if (partMax < Integer.MAX_VALUE) {
      line.addToPart(length);
    }
    return length;
  }

  private void beginPart(Call call, int length) throws IOException {
    byte[] lead = Arrays.copyOf(call.stamp(), call.stamp().length + GOES_ON_HERE.length);
    System.arraycopy(GOES_ON_HERE, 0, lead, call.stamp().length, GOES_ON_HERE.length);
    assembly.fit(call.file(), lead.length + partLength(length), call.now());
    assembly.put(call.file(), lead, call.now());
    line.beginPart();
  }

  /** Ends the line that is there, if there is one. */
  void closeLine(Call call) throws IOException {
    if (line.state() == OpenLine.State.NONE) {
      return;
    }
    if (line.state() == OpenLine.State.HELD) {
      settleHeld(call, held.position(), held.position());
    }
    if (line.state() == OpenLine.State.KEPT && !line.isCut()) {
      assembly.put(call.file(), NEWLINE, call.now());
    }
    line.end();
    assembly.rotateIfDue(call.file(), call.now());
  }

  /** What to say of a line that is still HELD, and will not be tried again. */
  IOException lossOfHeld(IOException refused) {
    OutputSource owner = line.owner();
    boolean isLost =
        line.state() == OpenLine.State.HELD && selection.keeps(held, 0, held.position());
    return isLost && owner != null
        ? new OutputLostException(Map.of(owner, (long) held.position()), refused)
        : refused;
  }

  /** Adds a line of our own. */
  void putLine(Call call, String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    assembly.fit(call.file(), call.stamp().length + bytes.length, call.now());
    assembly.put(call.file(), call.stamp(), call.now());
    assembly.put(call.file(), bytes, call.now());
  }
}
