package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.jsupervisor.definition.going.GoingReader;
import org.jsupervisor.definition.going.GoingRules;
import org.junit.jupiter.api.io.TempDir;

/** The content is read by going's rules, and by the extended ones. */
class GoingFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    for (GoingRules rules : GoingRules.values()) {
      Readings readings = new Readings(root, new GoingReader(rules));
      readings.write("web", content);
      readings.read("web");
    }
  }
}
