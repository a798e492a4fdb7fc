package org.jsupervisor.snapshot;

/**
 * What the engine of a tree has counted of itself, and what waits in it. Each number is right for
 * itself and may be of another moment than the next. Counters never decrease.
 *
 * @param steps inputs that the model was stepped with: reports, operations, deadlines
 * @param deadlines how many deadlines are set
 * @param operations what waits, is under way, and was refused
 * @param events what goes out to listeners
 */
public record EngineSnapshot(long steps, int deadlines, Operations operations, Events events) {
  /**
   * The operations that callers have asked for.
   *
   * @param taken how many the engine has taken up
   * @param refused how many were refused, whatever the reason; those that were overtaken by another
   *     one among them
   * @param overloaded how many of the refused found no room
   * @param waiting how many wait to be taken up
   * @param waitingMax how many may
   * @param underWay how many were taken up and are not done
   * @param underWayMax how many may
   */
  public record Operations(
      long taken,
      long refused,
      long overloaded,
      int waiting,
      int waitingMax,
      int underWay,
      int underWayMax) {}

  /**
   * The ring of events and its readers.
   *
   * @param published how many were ever published
   * @param kept how many the ring keeps for slow listeners
   * @param listeners how many there are, the log's own among them
   * @param lost how many were overwritten before a listener had them, for all listeners together
   * @param behindMax by how many the slowest listener is behind
   * @param failures how often a listener, or an action that depends on an operation, has thrown
   * @param outcomesWaiting how many answers to operations are not delivered yet
   */
  public record Events(
      long published,
      int kept,
      int listeners,
      long lost,
      long behindMax,
      long failures,
      int outcomesWaiting) {}
}
