package org.jsupervisor.core.internal.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ReadinessSpec;

/** One attempt of a probe that this JVM makes itself. May block, but within its time. */
@FunctionalInterface
interface Question {
  /** Whether the answer is yes; an exception is a no. */
  boolean ask() throws IOException;

  /** What a child with this directory is asked. */
  static Question of(ReadinessSpec.Probed probed, Path directory) {
    Probe probe = probed.probe();
    Duration time = probed.timeout();
    return switch (probe.kind()) {
      case TCP -> () -> Connections.acceptsTcp((Probe.Tcp) probe, time);
      case UNIX_SOCKET ->
          () -> Connections.acceptsUnix(directory.resolve(((Probe.UnixSocket) probe).path()));
      case HTTP -> () -> HttpQuestion.isGood((Probe.Http) probe, time);
      case FILE -> () -> Files.exists(directory.resolve(((Probe.File) probe).path()));
      case COMMAND, LOG_LINE ->
          throw new IllegalArgumentException(probe.kind() + " is not asked by a thread");
    };
  }
}
