package org.jsupervisor.posix.internal.spawn;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.posix.internal.io.NotifyTerms;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;

/** Who gets a notification socket, and how it is told of it. Pure. */
final class Notification {
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG_TIME = "WATCHDOG_USEC";
  private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

  private Notification() {}

  /** Empty if it gets none. */
  static Optional<NotifyTerms> terms(LaunchRequest request) {
    ProcessSpec spec = request.spec();
    boolean saysReady = spec.readiness().kind() == ReadinessSpec.Kind.NOTIFIED_BY_SOCKET;
    if (!saysReady && spec.watchdog().within().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NotifyTerms(
            request.incarnation(),
            saysReady ? NotifyTerms.Readiness.HERE : NotifyTerms.Readiness.ELSEWHERE,
            spec.watchdog().within()));
  }

  /**
   * The command line with the variables of {@code sd_notify} and {@code sd_watchdog_enabled}. They
   * replace those of the host, which mean the host's own supervisor. WATCHDOG_PID cannot be known
   * before there is a process; without it the time is for whoever reads it, as systemd says.
   */
  static CommandLine addressed(CommandLine line, String address, Watchdog watchdog) {
    ChildEnvironment environment =
        line.environment().with(SOCKET, address).without(WATCHDOG_PROCESS).without(WATCHDOG_TIME);
    if (watchdog.within().isPresent()) {
      long micros = TimeUnit.NANOSECONDS.toMicros(watchdog.within().get().toNanos());
      environment = environment.with(WATCHDOG_TIME, Long.toString(Math.max(1, micros)));
    }
    return line.with(line.argv(), environment);
  }
}
