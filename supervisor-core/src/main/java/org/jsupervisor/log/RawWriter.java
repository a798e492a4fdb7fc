package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes bytes as they are, out of the caller's buffer: they are neither copied nor looked at, but
 * for the last one, and those before the place where a file is full. Confined to its directory's
 * writer.
 */
final class RawWriter {
  private final Assembly assembly;
  private final OpenLine line;

  RawWriter(Assembly assembly) {
    this.assembly = assembly;
    this.line = assembly.line();
  }

  /** Takes all of the bytes; if it throws, those that are in the file are taken. */
  void write(LineWriter.Call call, ByteBuffer in) throws IOException {
    assembly.flush(call.file());
    int limit = in.limit();
    while (assembly.taken() < limit) {
      int end = endOfFile(call, in);
      writeUpTo(call, in, end);
      if (end < limit || (assembly.isDue() && line.state() == OpenLine.State.NONE)) {
        assembly.rotate(call.file(), call.now());
      }
    }
  }

  /** Up to where bytes go into this file: to the limit of the buffer, or where it is cut. */
  private int endOfFile(LineWriter.Call call, ByteBuffer in) {
    int from = assembly.taken();
    int limit = in.limit();
    long room = Math.max(0, assembly.spec().fileBytesMax() - call.file().size());
    int end = (int) Math.min(limit, from + room);
    boolean begins = line.state() == OpenLine.State.NONE;
    if (assembly.isDue() && call.file().size() > 0) {
      int afterFirst = begins ? from : firstEnd(in, from, end);
      return afterFirst > end ? end : afterFirst;
    }
    if (end == limit) {
      return limit;
    }
    int afterLast = Newlines.afterLast(in, from, end);
    // A line that has begun in this file fills it; one that has not goes into the next.
    boolean canMove = begins && call.file().size() > 0;
    return afterLast > from || canMove ? afterLast : end;
  }

  private static int firstEnd(ByteBuffer in, int from, int end) {
    int newline = Newlines.first(in, from, end);
    return newline < end ? newline + 1 : end;
  }

  private void writeUpTo(LineWriter.Call call, ByteBuffer in, int end) throws IOException {
    int limit = in.limit();
    int from = assembly.taken();
    in.limit(end).position(from);
    try {
      call.file().writeSome(in);
    } finally {
      int done = in.position();
      in.limit(limit);
      if (done > from) {
        if (in.get(done - 1) == '\n') {
          line.end();
        } else {
          line.begin(OpenLine.State.KEPT, call.source());
        }
      }
      assembly.taken(done);
      assembly.commit();
    }
  }
}
