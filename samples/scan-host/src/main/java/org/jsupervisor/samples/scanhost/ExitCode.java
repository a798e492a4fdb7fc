package org.jsupervisor.samples.scanhost;

/** How the program ends; the numbers of {@code sysexits.h} where there is one. */
enum ExitCode {
  /** It was asked to stop, and everything has stopped. */
  OK(0),
  /** The tree ended by itself. */
  TREE_ENDED(1),
  /** The command line is wrong. */
  USAGE(64),
  /** {@code --plan} has found definitions that are not in order. */
  DATA_ERROR(65),
  /** The scan directory, or a file that the command line names, cannot be used. */
  NO_INPUT(66),
  /** The operating system does not let it work. */
  OS_ERROR(71);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
