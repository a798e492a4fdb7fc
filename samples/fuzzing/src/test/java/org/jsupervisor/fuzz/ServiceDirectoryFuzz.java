package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.jsupervisor.definition.directory.Family;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.junit.jupiter.api.io.TempDir;

/** Service directories of five families, and of none in particular. */
class ServiceDirectoryFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings recognised = new Readings(root, new ServiceDirectoryReader());
    recognised.unpack(content);
    recognised.readAll();
    for (Family each : Family.values()) {
      new Readings(root, ServiceDirectoryReader.of(each)).readAll();
    }
  }
}
