package org.jsupervisor.posix;

/** Which Linux this is. */
final class Kernel {
  private Kernel() {}

  static boolean isAtLeast(int major, int minor) {
    String[] numbers = System.getProperty("os.version").split("[^0-9]", -1);
    int isMajor = Integer.parseInt(numbers[0]);
    return isMajor > major || (isMajor == major && Integer.parseInt(numbers[1]) >= minor);
  }
}
