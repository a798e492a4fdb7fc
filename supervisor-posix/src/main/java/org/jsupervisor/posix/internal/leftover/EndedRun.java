package org.jsupervisor.posix.internal.leftover;

import java.util.HashSet;
import java.util.Set;
import org.jsupervisor.posix.internal.guard.RunMark;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Leftovers;

/**
 * A run whose leftovers are searched. Confined to the thread that searches, but for {@link
 * #release}.
 */
final class EndedRun {
  /** The id of a run whose end has been told already. */
  static final long NOBODY_WAITS = -1;

  /** How often whoever is found is killed at once, before those that fork faster are stopped. */
  private static final int PLAIN_ROUNDS = 2;

  /** After so many rounds nobody is waited for any more: who is found is killed. */
  private static final int FREEZE_ROUNDS_MAX = 40;

  private static final long YOUNG_NANOS_MAX = 1_000_000_000;

  private final Identity who;
  private final Leftovers leftovers;
  private final long watchId;
  private final long beginNanos = System.nanoTime();
  private final Set<Long> everFound = new HashSet<>();
  private Set<Long> found = new HashSet<>();
  private Set<Long> foundBefore = new HashSet<>();
  private int rounds;
  private volatile boolean holdsNumbers;

  /** Whether a zombie keeps the number of the run's session from becoming another's. */
  enum Numbers {
    HELD,
    FREE
  }

  /** Who the run is. */
  record Identity(Incarnation incarnation, RunMark mark, long pid) {
    /** Whether the pids given out since cannot have come round: 32,768 are the fewest there are. */
    boolean isYoung() {
      return System.nanoTime() - mark.beginNanos() < YOUNG_NANOS_MAX;
    }
  }

  EndedRun(Identity who, Leftovers leftovers, long watchId, Numbers numbers) {
    this.who = who;
    this.leftovers = leftovers;
    this.watchId = watchId;
    holdsNumbers = numbers == Numbers.HELD;
  }

  Identity who() {
    return who;
  }

  Incarnation incarnation() {
    return who.incarnation();
  }

  Leftovers leftovers() {
    return leftovers;
  }

  long watchId() {
    return watchId;
  }

  /** Its pid is about to be given back; any thread. */
  void release() {
    holdsNumbers = false;
  }

  /**
   * Whether this process is of the run. The session counts only while the run's zombie holds its
   * number, which is asked last: what was read before it was true then.
   */
  boolean owns(ProcessEntry process, long run) {
    return run == who.mark().number() || (process.session() == who.pid() && holdsNumbers);
  }

  /** Whether the kill of its group has reached the process already. */
  private boolean isGroupKilled(ProcessEntry process) {
    return leftovers == Leftovers.KILLED && process.group() == who.pid();
  }

  void note(ProcessEntry process) {
    found.add(process.pid());
    if (!isGroupKilled(process)) {
      everFound.add(process.pid());
    }
  }

  Set<Long> found() {
    return found;
  }

  /** How many have been found in all, the group aside if that was killed. */
  int count() {
    return everFound.size();
  }

  /** Whether this round is the last, as the time for all is over. */
  boolean isLate(long nanosMax) {
    return System.nanoTime() - beginNanos > nanosMax;
  }

  /**
   * Whether to kill those that are found, or to stop them until nobody new turns up. Nobody is left
   * behind stopped.
   */
  boolean mayKill(long nanosMax) {
    return rounds < PLAIN_ROUNDS
        || rounds > FREEZE_ROUNDS_MAX
        || found.equals(foundBefore)
        || isLate(nanosMax);
  }

  void nextRound() {
    rounds++;
    foundBefore = found;
    found = new HashSet<>();
  }
}
