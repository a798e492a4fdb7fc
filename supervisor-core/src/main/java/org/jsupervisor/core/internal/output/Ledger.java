package org.jsupervisor.core.internal.output;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.LogSizes;
import org.jsupervisor.output.RotatingSink;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot.State;
import org.jsupervisor.spec.OutputSpec;

/**
 * What is known of one destination: written by who serves it, one at a time (but for losses: any
 * thread), and read by any thread, which waits for nobody.
 */
public final class Ledger {
  private static final long BEHIND_NANOS = DestinationSnapshot.BEHIND_AFTER.toNanos();

  /** What would end a line, turn its direction, or is half a character. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final OutputSpec.Destination destination;
  private final Ticker ticker;
  private final AtomicLong lostBytes = new AtomicLong();

  // Volatile, since their readers are other threads; which is one ahead of another does not matter.
  private volatile long waitingSinceNanos;
  private volatile long waitingBytes;
  private volatile boolean refused;
  private volatile String lastFailure = "";

  /** Whose files are measured; set before anybody reads. */
  private Supplier<Optional<LogSizes>> sizes = Optional::empty;

  Ledger(OutputSpec.Destination destination, Ticker ticker) {
    this.destination = destination;
    this.ticker = ticker;
  }

  /** Its files are those of this sink; before it is shown to others. */
  void keepsFilesIn(RotatingSink sink) {
    sizes = sink::sizes;
  }

  /** So much is held back for it now. */
  void waits(long bytes) {
    if (bytes > 0 && waitingBytes == 0) {
      waitingSinceNanos = ticker.readNanos();
    }
    // After its moment, for who sees that something waits reads that next.
    waitingBytes = bytes;
  }

  /** It has taken what it was offered. */
  void took() {
    if (refused) {
      refused = false;
    }
  }

  /** It has not taken all that it was offered. */
  void refused(Throwable why) {
    lastFailure = Failures.text(why);
    refused = true;
  }

  /** It will never have these. */
  void lost(long bytes) {
    lostBytes.addAndGet(bytes);
  }

  /** As {@link #lost(long)}, and why. */
  void lost(long bytes, String why) {
    lostBytes.addAndGet(bytes);
    lastFailure = why;
  }

  /** What operators know it by. */
  String place() {
    return place(destination);
  }

  /** Any thread. */
  public DestinationSnapshot read() {
    long waiting = waitingBytes;
    boolean behind = waiting > 0 && ticker.readNanos() - waitingSinceNanos >= BEHIND_NANOS;
    State state = refused ? State.FAILING : behind ? State.BEHIND : State.OK;
    // Before the last failure, which may be its own.
    Optional<LogSizes> measured = sizes();
    return new DestinationSnapshot(
        place(),
        state,
        waiting,
        lostBytes.get(),
        UNFIT.matcher(lastFailure).replaceAll("?"),
        measured);
  }

  /** A sink is code of others: it may throw, which is told as its other failures are. */
  private Optional<LogSizes> sizes() {
    try {
      return sizes.get();
    } catch (RuntimeException | LinkageError thrown) {
      lastFailure = Failures.text(thrown);
      return Optional.empty();
    }
  }

  /** A sink is code of others: it may throw, and say anything. */
  public static String place(OutputSpec.Destination destination) {
    String place;
    try {
      place = String.valueOf(destination.place());
    } catch (RuntimeException | LinkageError thrown) {
      place = destination.getClass().getSimpleName() + " without a name";
    }
    return UNFIT.matcher(place).replaceAll("?");
  }
}
