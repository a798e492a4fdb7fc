package org.jsupervisor.log;

import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSource;

/** What the log ends with: how far the last line has come. Confined to the writer. */
final class OpenLine {
  /** How far a line has come. */
  enum State {
    /** There is none: the next byte begins one. */
    NONE,
    /** It is in the file as far as it came. */
    KEPT,
    /** It is one that is not kept. */
    DROPPED,
    /** It is in memory until it is known whether it is kept. */
    HELD
  }

  private static final int CUT = -1;

  private State state = State.NONE;
  private @Nullable OutputSource owner;
  private int partBytes;

  State state() {
    return state;
  }

  /** A line of this source, or of one that is gone, has come so far. */
  void begin(State begun, @Nullable OutputSource source) {
    state = begun;
    owner = source;
    partBytes = 0;
  }

  void end() {
    state = State.NONE;
    owner = null;
    partBytes = 0;
  }

  /** Whose line it is; null if there is none, or of one that is gone. */
  @Nullable OutputSource owner() {
    return owner;
  }

  /** Whether there is a line of another source. */
  boolean isOfAnother(OutputSource source) {
    return state != State.NONE && !source.equals(owner);
  }

  /** Whether there is a line of this source. */
  boolean isOf(OutputSource source) {
    return state != State.NONE && source.equals(owner);
  }

  /** How long its last part is, timestamp and marks not counted. */
  int partBytes() {
    return partBytes;
  }

  void addToPart(int bytes) {
    partBytes += bytes;
  }

  void beginPart() {
    partBytes = 0;
  }

  /** Its last part has ended, and there is more of it to come. */
  void cut() {
    partBytes = CUT;
  }

  boolean isCut() {
    return partBytes == CUT;
  }

  void copy(OpenLine other) {
    state = other.state;
    owner = other.owner;
    partBytes = other.partBytes;
  }
}
