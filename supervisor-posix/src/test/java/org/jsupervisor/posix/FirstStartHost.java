package org.jsupervisor.posix;

import java.util.concurrent.atomic.AtomicReference;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;

/** A host that starts one child, says how that ended, and ends at once. */
final class FirstStartHost {
  private static final AtomicReference<String> END = new AtomicReference<>("");

  private FirstStartHost() {}

  public static void main(String[] args) {
    PosixPlatform platform = PosixPlatform.open();
    ProcessSpec spec = ProcessSpec.builder("first", "/bin/true").build();
    Incarnation run = new Incarnation(spec.id(), 1);
    platform.launch(new LaunchRequest(run, spec, new OutputTarget.Null()));
    while (END.get().isEmpty()) {
      platform.poll(Platform.FOREVER_NANOS, FirstStartHost::take);
    }
    System.out.println("first: " + END.get());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void take(PlatformReport report) {
    if (report instanceof PlatformReport.Exited exited) {
      END.set(exited.status().describe());
    } else if (report instanceof PlatformReport.LaunchFailed failed) {
      END.set(failed.failure().toString());
    }
  }
}
