package org.jsupervisor.posix;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With pidfds. */
@EnabledOnOs(OS.LINUX)
class PollAndCloseTest extends PollAndCloseContract {
  @Override
  ExitDetection detection() {
    return ExitDetection.automatic();
  }
}
