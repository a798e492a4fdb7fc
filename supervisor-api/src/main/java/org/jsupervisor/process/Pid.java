package org.jsupervisor.process;

/**
 * A process id: an attribute of a run, never its identity (that is {@link Incarnation}).
 *
 * @param value the number that the operating system uses, above 0
 */
public record Pid(long value) {
  /** Refuses 0 and negative numbers, which mean groups to {@code kill(2)}. */
  public Pid {
    if (value < 1) {
      throw new IllegalArgumentException("pid must be at least 1, was " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
