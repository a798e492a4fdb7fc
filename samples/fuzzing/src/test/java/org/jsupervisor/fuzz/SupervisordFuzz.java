package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.junit.jupiter.api.io.TempDir;

/** Files of supervisord. */
class SupervisordFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings readings = new Readings(root, new SupervisordReader());
    readings.write("main.conf", content);
    readings.read("main.conf");
  }
}
