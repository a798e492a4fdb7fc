package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;
import org.junit.jupiter.api.io.TempDir;

/** Source directories of s6-rc. */
class SourceDirectoryFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings readings =
        new Readings(root, SourceDirectoryReader.withExecline(root.resolve("execlineb")));
    readings.unpack(content);
    readings.readAll();
  }
}
