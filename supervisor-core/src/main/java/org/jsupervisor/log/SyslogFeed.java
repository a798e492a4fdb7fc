package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * What of one source a {@link SyslogSink} has not sent yet. When a record is refused, everything
 * stays as it was, so that the same can be tried again. Not thread-safe.
 */
final class SyslogFeed {
  /** What may come on top of a text and a header; the process id may become known meanwhile. */
  private static final int MARKS_BYTES =
      Slf4jSink.CONTINUED.length()
          + Slf4jSink.CONTINUES.length()
          + Slf4jSink.UNFINISHED.length()
          + " part=\"2147483647\"".length()
          + Long.toString(Long.MAX_VALUE).length();

  private final SyslogOutlet outlet;
  private final OutputSource source;
  private final LineBuffer line;
  private SyslogSeverity severity;

  /** How many parts of the line are sent. */
  private int parts;

  /** How many of those are of what is in the buffer. */
  private int partsOfBuffer;

  /** Whether nothing more comes of the line. */
  private boolean over;

  private long lostBytes;
  private boolean givenUp;

  /** Whether a part is the last of its line. */
  private enum Place {
    MIDDLE,
    END,
    UNFINISHED_END
  }

  SyslogFeed(SyslogOutlet outlet, OutputSource source) {
    this.outlet = outlet;
    this.source = source;
    this.line = new LineBuffer(outlet.recordBytesMax());
    this.severity = outlet.severities().otherwise();
  }

  OutputSource source() {
    return source;
  }

  /** Whether nothing is left to be sent. */
  boolean isIdle() {
    return line.isEmpty() && parts == 0 && lostBytes == 0;
  }

  /** Sends all lines that end in the bytes; if one is refused, the position is at its newline. */
  void accept(ByteBuffer bytes) throws IOException {
    settle();
    LineBuffer.Progress progress = line.append(bytes);
    while (progress != LineBuffer.Progress.WANTS_MORE) {
      if (progress == LineBuffer.Progress.FULL) {
        send(line.peekPart(), Place.MIDDLE);
        OutputLine unused = line.takePart();
      } else {
        sendLine(bytes);
      }
      progress = line.append(bytes);
    }
  }

  private void sendLine(ByteBuffer afterNewline) throws IOException {
    try {
      send(line.peek(OutputLine.Ending.NEWLINE), Place.END);
    } catch (IOException e) {
      afterNewline.position(afterNewline.position() - 1);
      throw e;
    }
    OutputLine unused = line.take(OutputLine.Ending.NEWLINE);
  }

  /** Bytes are missing here. */
  void lost(long bytes) {
    end();
    lostBytes += bytes;
  }

  /** Nothing more comes of the line. */
  void end() {
    over = over || !line.isEmpty() || parts > 0;
  }

  /**
   * The source has ended, and nothing of its line will be tried again; only the mark is left that
   * tells so. Returns how many bytes that costs: those of the buffer, also if the daemon has a
   * part.
   */
  long giveUp() {
    long bytes = line.length();
    OutputLine unused = line.take(OutputLine.Ending.MISSING);
    over = false;
    parts = 0;
    partsOfBuffer = 0;
    lostBytes += bytes;
    givenUp = true;
    return bytes;
  }

  /** Whether nothing but a mark may be left. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** Sends what has to come before the next bytes. */
  void settle() throws IOException {
    if (over) {
      send(line.peek(OutputLine.Ending.MISSING), Place.UNFINISHED_END);
      OutputLine unused = line.take(OutputLine.Ending.MISSING);
      over = false;
    }
    if (lostBytes > 0) {
      String text = "supervisor: " + lostBytes + " bytes of output lost";
      outlet.send(record(SyslogSeverity.WARNING, Map.of()), text);
      lostBytes = 0;
    }
  }

  /** Sends what is in the buffer, from the first part on that was not sent yet. */
  private void send(OutputLine content, Place place) throws IOException {
    String text = content.text();
    if (parts == partsOfBuffer) {
      text = judged(text);
    }
    // Always as much, so that a part that is tried again is the same part.
    int room = outlet.room(record(SyslogFormat.NIL, severity, Map.of())) - MARKS_BYTES;
    List<String> pieces = SyslogRecord.pieces(text, room);
    while (partsOfBuffer < pieces.size()) {
      boolean last = partsOfBuffer == pieces.size() - 1;
      sendPart(pieces.get(partsOfBuffer), last ? place : Place.MIDDLE);
    }
    partsOfBuffer = 0;
    if (place != Place.MIDDLE) {
      parts = 0;
    }
  }

  private void sendPart(String piece, Place place) throws IOException {
    boolean whole = parts == 0 && place != Place.MIDDLE;
    Map<String, String> number = whole ? Map.of() : Map.of("part", Integer.toString(parts + 1));
    String end =
        switch (place) {
          case MIDDLE -> Slf4jSink.CONTINUES;
          case END -> "";
          case UNFINISHED_END -> Slf4jSink.UNFINISHED;
        };
    String begin = parts > 0 ? Slf4jSink.CONTINUED : "";
    outlet.send(record(severity, number), begin + piece + end);
    parts++;
    partsOfBuffer++;
  }

  /** Finds out how bad the line is that begins with this text; returns what is to be shown. */
  private String judged(String text) {
    Optional<SyslogSeverity> said = outlet.priorities().of(text);
    severity = said.orElseGet(() -> outlet.severities().of(text));
    return said.isPresent() ? text.substring(SyslogPriorities.LENGTH) : text;
  }

  private SyslogRecord record(SyslogSeverity how, Map<String, String> more) {
    Optional<Pid> pid = outlet.pids().apply(source.incarnation());
    return record(pid.map(Pid::toString).orElse(SyslogFormat.NIL), how, more);
  }

  private SyslogRecord record(String pid, SyslogSeverity how, Map<String, String> more) {
    Incarnation run = source.incarnation();
    String stream =
        switch (source.stream()) {
          case BOTH -> "output";
          case STDOUT -> "stdout";
          case STDERR -> "stderr";
        };
    Map<String, String> data = new LinkedHashMap<>();
    data.put("service", run.child().path());
    data.put("incarnation", run.label());
    data.put("stream", stream);
    data.putAll(more);
    return new SyslogRecord(how, outlet.clock().instant(), run.child().path(), pid, stream, data);
  }
}
