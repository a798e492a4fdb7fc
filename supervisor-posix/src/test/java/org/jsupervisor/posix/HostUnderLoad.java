package org.jsupervisor.posix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;

/**
 * A host that starts and stops children without end. Arguments: what the children are known by (a
 * number), the runtime directory, the file in which the survivor counts, what to do when loaded.
 *
 * <p>All that is to die sleeps for 7 followed by the number. The survivor writes much more than a
 * pipe holds before it counts one further.
 */
final class HostUnderLoad {
  static final String LOADED = "loaded";
  static final String SURVIVOR =
      "i=0; while :; do head -c 100000 /dev/zero; i=$((i+1)); echo $i > $0; sleep 0.05; done";

  private static final int ALIVE_MAX = 40;
  private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

  private HostUnderLoad() {}

  public static void main(String[] args) {
    var options = PosixOptions.defaults().withRuntimeDirectory(Path.of(args[1]));
    var fixture = new PlatformFixture(options);
    String sleep = "sleep 7" + args[0];
    Incarnation survivor =
        fixture.launch(
            new OutputTarget.Piped(new CollectingSink()),
            spec -> spec.withHostDeath(HostDeath.SURVIVE),
            List.of("sh", "-c", SURVIVOR, args[2]).toArray(String[]::new));
    fixture.awaitLaunched(survivor);
    Queue<Incarnation> alive = new ArrayDeque<>();
    for (int n = 0; ; n++) {
      alive.add(launch(fixture, n, sleep));
      if (alive.size() > ALIVE_MAX) {
        fixture.platform.stop(alive.remove(), Signal.KILL);
      }
      fixture.platform.poll(n % 4 == 0 ? STEP_NANOS : 0, HostUnderLoad::check);
      if (n == 20) {
        System.out.println(LOADED);
        if (args[3].equals("exit")) {
          System.exit(0);
        }
      }
    }
  }

  private static void check(PlatformReport report) {
    if (report instanceof PlatformReport.LaunchFailed failed) {
      throw new IllegalStateException(failed.toString());
    }
  }

  /** A child alone, a group, another session, some that drop the token, the shortest life. */
  private static Incarnation launch(PlatformFixture fixture, int n, String sleep) {
    return switch (n % 6) {
      case 0 -> fixture.launch("sh", "-c", "exec " + sleep);
      case 1 -> fixture.launch("sh", "-c", sleep + " & " + sleep + " & wait");
      case 2 -> fixture.launch("sh", "-c", "setsid " + sleep + " & exec " + sleep);
      case 3 ->
          fixture.launch("sh", "-c", "sleep 0.3; env -i " + sleep + " & exec env -i " + sleep);
      case 4 -> fixture.launch(HostUnderLoad::keeping, "sh", "-c", sleep + " & exec " + sleep);
      default -> fixture.launch("true");
    };
  }

  private static ProcessSpec.Builder keeping(ProcessSpec.Builder spec) {
    return spec.withLeftovers(Leftovers.KEPT).withEnvironment(Environment.inheritAll());
  }
}
