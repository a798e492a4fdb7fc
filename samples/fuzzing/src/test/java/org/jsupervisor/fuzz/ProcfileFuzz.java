package org.jsupervisor.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.junit.jupiter.api.io.TempDir;

/** The content is read as a Procfile with variables, and as the variables of one. */
class ProcfileFuzz {
  @TempDir static Path root;

  @FuzzTest(maxDuration = "60s")
  void anyContent_givesDefinitions(byte[] content) {
    Readings readings =
        new Readings(root, new ProcfileReader().withPorts(ProcfileReader.FOREMAN_PORT));
    readings.write("Procfile", content);
    readings.write(".env", "A=b\n".getBytes(StandardCharsets.UTF_8));
    readings.read("Procfile");
    readings.write("Procfile", "web: x $A\n".getBytes(StandardCharsets.UTF_8));
    readings.write(".env", content);
    readings.read("Procfile");
  }
}
