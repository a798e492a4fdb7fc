package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.junit.jupiter.api.io.TempDir;

/** Our own files in properties. */
class PropertiesFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings readings = new Readings(root, new ServiceFileReader());
    readings.write("web.properties", content);
    readings.read("web.properties");
  }
}
