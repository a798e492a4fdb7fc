package org.jsupervisor.posix;

/** Ends that are noticed by what the host has: the default. */
class AutomaticExitTest extends ExitContract {
  AutomaticExitTest() {
    super(ExitDetection.automatic());
  }
}
