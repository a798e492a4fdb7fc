package org.jsupervisor.posix;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With a thread for each child. */
@EnabledOnOs(OS.LINUX)
class WaiterPollAndCloseTest extends PollAndCloseContract {
  @Override
  ExitDetection detection() {
    return ExitDetection.waiters(100);
  }
}
