package org.jsupervisor.definition.systemd;

import java.nio.file.Path;
import org.jsupervisor.definition.FormatFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory of service units. */
abstract class UnitCase {
  @TempDir Path root;
  FormatFixture disk;

  @BeforeEach
  void prepare() {
    disk = new FormatFixture(root, new SystemdReader());
  }
}
