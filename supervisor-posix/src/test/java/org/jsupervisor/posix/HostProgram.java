package org.jsupervisor.posix;

import java.util.Arrays;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;

/** A host of its own: runs a command, prints its output and how it ended. */
final class HostProgram {
  private HostProgram() {}

  public static void main(String[] args) {
    try (var fixture = new PlatformFixture()) {
      CollectingSink sink = new CollectingSink();
      // JVM.
      String[] command = Arrays.stream(args).map(HostProgram::unescaped).toArray(String[]::new);
      Incarnation run = fixture.launch(new OutputTarget.Piped(sink), spec -> spec, command);
      fixture.await(PlatformReport.OutputEnded.class, run);
      System.out.write(sink.bytes(), 0, sink.bytes().length);
      System.out.println(" " + fixture.awaitExit(run).describe());
    }
  }

  private static String unescaped(String text) {
    return text.translateEscapes().replace("%EURO%", "\u20ac");
  }
}
