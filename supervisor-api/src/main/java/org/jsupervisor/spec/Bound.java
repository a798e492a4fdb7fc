package org.jsupervisor.spec;

/**
 * One side of a resource limit. Immutable.
 *
 * @param sort whether it is a number
 * @param value in the unit of the resource, not negative; 0 if it is no number
 */
public record Bound(Sort sort, long value) {
  /** Without limit. */
  public static final Bound UNLIMITED = new Bound(Sort.UNLIMITED, 0);

  /** As the host has it. */
  public static final Bound UNCHANGED = new Bound(Sort.UNCHANGED, 0);

  /** Whether a bound is a number. */
  public enum Sort {
    /** It is. */
    NUMBER,
    /** There is no limit. */
    UNLIMITED,
    /** It is left as it is. */
    UNCHANGED
  }

  /** Refuses a negative number, and one where there must be none. */
  public Bound {
    if (value < 0 || (sort != Sort.NUMBER && value != 0)) {
      Problems problems = new Problems();
      problems.add("bound", sort + " " + value, "a number must not be negative, others must be 0");
      problems.throwIfAny();
    }
  }

  /** This number. */
  public static Bound at(long value) {
    return new Bound(Sort.NUMBER, value);
  }

  /** Whether it allows more than the other; both must be changes. */
  boolean exceeds(Bound other) {
    return switch (other.sort) {
      case UNLIMITED, UNCHANGED -> false;
      case NUMBER -> sort != Sort.NUMBER || value > other.value;
    };
  }

  /** The number, {@code unlimited} or {@code unchanged}. */
  @Override
  public String toString() {
    return switch (sort) {
      case NUMBER -> Long.toString(value);
      case UNLIMITED -> "unlimited";
      case UNCHANGED -> "unchanged";
    };
  }
}
