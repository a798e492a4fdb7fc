package org.jsupervisor.snapshot;

import java.time.Duration;
import java.util.Optional;
import org.jsupervisor.output.LogSizes;

/**
 * One place where the output of a child is kept, as it is at this moment. It is told by whoever
 * writes there, not by the engine: each part is right for itself, and may be of another moment than
 * the next. Counted from when the child got the output specification that it has now.
 *
 * @param place which: the log directory, or the name of the sink (see {@link
 *     org.jsupervisor.output.OutputSink#name}); one line
 * @param state how it does
 * @param waitingBytes what is held back for it: in its buffer, in its spill file, in the call that
 *     is under way, or refused and to be offered again. What waits in the child's pipe is not known
 * @param lostBytes what it will never have
 * @param lastFailure why the last bytes were refused or lost, one line; kept when it has recovered.
 *     Empty if there was no failure
 * @param sizes how big its files are; empty if it has none, and if its writer does not know, as
 *     before the first byte
 */
public record DestinationSnapshot(
    String place,
    State state,
    long waitingBytes,
    long lostBytes,
    String lastFailure,
    Optional<LogSizes> sizes) {
  /** After how long of waiting, without a break, a destination counts as behind. */
  public static final Duration BEHIND_AFTER = Duration.ofSeconds(1);

  /** How a destination does. */
  public enum State {
    /** It takes what it gets. */
    OK,
    /** Something has been waiting for it for {@link #BEHIND_AFTER}, without a break. */
    BEHIND,
    /** It has refused the newest bytes that it was offered. */
    FAILING
  }

  /** One without files that are known. */
  public DestinationSnapshot(
      String place, State state, long waitingBytes, long lostBytes, String lastFailure) {
    this(place, state, waitingBytes, lostBytes, lastFailure, Optional.empty());
  }

  /** One that has not been offered anything. */
  public static DestinationSnapshot unused(String place) {
    return new DestinationSnapshot(place, State.OK, 0, 0, "");
  }
}
