package org.jsupervisor.process;

/**
 * The n-th run of a child: the identity of everything asynchronous. A report that names another
 * incarnation than the current one changes nothing, whatever its pid.
 *
 * @param child whose run it is
 * @param number counts the launches of the child, from 1; a child that is added to a running tree
 *     may begin higher, so that no run of a removed child with the same id is named again
 */
public record Incarnation(ChildId child, long number) {
  /** Checks that the number is positive. */
  public Incarnation {
    if (number < 1) {
      throw new IllegalArgumentException(
          "incarnation of '" + child + "': number must be at least 1, was " + number);
    }
  }

  /** For example {@code web#3}. */
  @Override
  public String toString() {
    return child + "#" + number;
  }
}
