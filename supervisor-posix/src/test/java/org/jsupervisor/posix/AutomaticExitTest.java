package org.jsupervisor.posix;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ends that are noticed by what the host has: the default. */
@EnabledOnOs(OS.LINUX)
class AutomaticExitTest extends ExitContract {
  AutomaticExitTest() {
    super(ExitDetection.automatic());
  }
}
