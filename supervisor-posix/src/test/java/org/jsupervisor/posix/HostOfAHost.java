package org.jsupervisor.posix;

import java.nio.charset.StandardCharsets;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;

/** A host whose only child is another host: the command line in its arguments. Prints for it. */
final class HostOfAHost {
  private HostOfAHost() {}

  public static void main(String[] command) {
    OutputSink printing =
        (source, bytes) -> {
          System.out.print(StandardCharsets.UTF_8.decode(bytes));
          System.out.flush();
        };
    try (var fixture = new PlatformFixture()) {
      Incarnation run = fixture.launch(printing, command);
      while (fixture.all(PlatformReport.Exited.class, run).isEmpty()) {
        fixture.platform.poll(Platform.FOREVER_NANOS, fixture.reports::add);
      }
    }
  }
}
