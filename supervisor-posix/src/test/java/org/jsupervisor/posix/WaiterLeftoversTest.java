package org.jsupervisor.posix;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Groups that are signalled by number. */
@EnabledOnOs(OS.LINUX)
class WaiterLeftoversTest extends LeftoversContract {
  WaiterLeftoversTest() {
    super(ExitDetection.waiters(100));
  }
}
