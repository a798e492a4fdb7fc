package org.jsupervisor.posix;

/** With pidfds. */
class PollAndCloseTest extends PollAndCloseContract {
  @Override
  ExitDetection detection() {
    return ExitDetection.automatic();
  }
}
