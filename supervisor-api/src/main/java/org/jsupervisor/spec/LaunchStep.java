package org.jsupervisor.spec;

/**
 * Something that is done in the new process before its program is executed, by a small program that
 * does it and then executes the next one (chain loading).
 */
public sealed interface LaunchStep {
  /**
   * Replaces the file mode creation mask.
   *
   * @param mask 0 to 0777
   */
  record Umask(int mask) implements LaunchStep {
    /** The highest mask. */
    public static final int MASK_MAX = 0777;

    public Umask {
      if (mask < 0 || mask > MASK_MAX) {
        Problems problems = new Problems();
        problems.add("step umask", Integer.toOctalString(mask), "must be 0 to 777, octal");
        problems.throwIfAny();
      }
    }
  }
}
