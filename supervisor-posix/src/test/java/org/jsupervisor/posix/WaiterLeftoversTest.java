package org.jsupervisor.posix;

/** Groups that are signalled by number. */
class WaiterLeftoversTest extends LeftoversContract {
  WaiterLeftoversTest() {
    super(ExitDetection.waiters(100));
  }
}
