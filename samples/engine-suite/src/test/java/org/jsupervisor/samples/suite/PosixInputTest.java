package org.jsupervisor.samples.suite;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixInputTest extends InputSuite {
  @Override
  World newWorld() {
    return new PosixWorld();
  }
}
