package org.jsupervisor.process;

/**
 * The n-th run of a child: the identity of everything asynchronous. A report that names another
 * incarnation than the current one changes nothing, whatever its pid.
 *
 * <p>What is run after a run ({@link org.jsupervisor.spec.FinishSpec}) is a run of its own for the
 * platform, and has an incarnation of its own: {@link #finish} of that run. So has what is run
 * instead of a signal ({@link org.jsupervisor.spec.SignalPrograms}).
 *
 * @param child whose run it is
 * @param number counts the launches of the child, from 1; a child that is added to a running tree
 *     may begin higher, so that no run of a removed child with the same id is named again. From
 *     {@link #FINISH_FIRST} on the numbers are not those of runs
 */
public record Incarnation(ChildId child, long number) {
  /** Above every number of a run: a child that is started each microsecond lives 70,000 years. */
  public static final long FINISH_FIRST = 1L << 61;

  /** From here on there are other commands than those that are run after a run. */
  private static final long FINISH_END = 1L << 62;

  /** From here on are the commands that are run instead of signals, counted in the whole tree. */
  private static final long SIGNAL_FIRST = 3L << 61;

  /** Checks that the number is positive. */
  public Incarnation {
    if (number < 1) {
      throw new IllegalArgumentException(
          "incarnation of '" + child + "': number must be at least 1, was " + number);
    }
  }

  /** That of what is run after this run. */
  public Incarnation finish() {
    if (number >= FINISH_FIRST) {
      throw new IllegalArgumentException(this + " is no run of the child, nothing follows it");
    }
    return new Incarnation(child, FINISH_FIRST + number);
  }

  /** The n-th command that is run instead of a signal, from 1; {@code this} is any of the child. */
  public Incarnation signalProgram(long n) {
    return new Incarnation(child, Math.addExact(SIGNAL_FIRST, n));
  }

  /** Whether it is a run of the child, and not one of the commands beside it. */
  public boolean isRun() {
    return number < FINISH_FIRST;
  }

  /** Whether it is what is run instead of a signal. */
  public boolean isSignalProgram() {
    return number >= SIGNAL_FIRST;
  }

  /** Whether it is what is run after a run. */
  public boolean isFinish() {
    return number > FINISH_FIRST && number < FINISH_END;
  }

  /** The run that it follows, if it {@linkplain #isFinish is run after one}; else itself. */
  public Incarnation run() {
    return isFinish() ? new Incarnation(child, number - FINISH_FIRST) : this;
  }

  /**
   * Which run the output and the events of this one are shown as, beside the name of the child:
   * {@code 3}, also for what is run after that run, and {@code signal-7} for what is run instead of
   * a signal.
   */
  public String label() {
    return isSignalProgram() ? "signal-" + (number - SIGNAL_FIRST) : Long.toString(run().number);
  }

  // By hand: see Signal.
  @Override
  public boolean equals(Object other) {
    return other instanceof Incarnation run && number == run.number && child.equals(run.child);
  }

  @Override
  public int hashCode() {
    return 31 * child.hashCode() + Long.hashCode(number);
  }

  /**
   * For example {@code web#3}; what is run after that is {@code web#3/finish}; what is run instead
   * of a signal is {@code web#signal-7}.
   */
  @Override
  public String toString() {
    return child + "#" + label() + (isFinish() ? "/finish" : "");
  }
}
