package org.jsupervisor.simulation;

/** Something that must always hold does not. Ends a run of the simulation; never leaves it. */
final class BrokenInvariant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenInvariant(String what) {
    super(what);
  }

  static void unless(boolean holds, String what) {
    if (!holds) {
      throw new BrokenInvariant(what);
    }
  }
}
