package org.jsupervisor.posix;

/** With a thread for each child. */
class WaiterPollAndCloseTest extends PollAndCloseContract {
  @Override
  ExitDetection detection() {
    return ExitDetection.waiters(100);
  }
}
