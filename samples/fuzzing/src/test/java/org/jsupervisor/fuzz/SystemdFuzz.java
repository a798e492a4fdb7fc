package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.definition.systemd.SystemdReader;
import org.junit.jupiter.api.io.TempDir;

/** Service units, as a service and as a template. */
class SystemdFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings readings = new Readings(root, new SystemdReader());
    for (String name : List.of("web.service", "web@a.service")) {
      readings.write(name, content);
      readings.read(name);
    }
  }
}
