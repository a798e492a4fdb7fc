package org.jsupervisor.posix;

import java.io.IOException;
import java.util.List;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * A host whose child says nothing; a process beside it does, and the host tells if it is believed.
 */
final class NotifiedHost {
  private NotifiedHost() {}

  public static void main(String[] args) throws IOException {
    try (var fixture = new PlatformFixture()) {
      Incarnation run =
          fixture.launch(
              spec -> spec.withReadiness(ReadinessSpec.notifiedBySocket()), "sleep", "1000");
      String address = NotifyFixture.addressIn(fixture, run);
      Process stranger = NotifyFixture.stranger(address, "READY=1");
      try {
        fixture.await(
            "an answer",
            () ->
                !fixture.all(PlatformReport.Said.class, run).isEmpty()
                    || !fixture.all(PlatformReport.Notified.class, run).isEmpty());
        List<?> believed = fixture.all(PlatformReport.Notified.class, run);
        System.out.println(believed.isEmpty() ? "refused" : "believed");
      } finally {
        stranger.destroyForcibly();
      }
    }
  }
}
