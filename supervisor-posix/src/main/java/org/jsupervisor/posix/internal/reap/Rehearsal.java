package org.jsupervisor.posix.internal.reap;

import java.util.List;
import java.util.Optional;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.UsageInfo;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;

/**
 * The end of nobody, in each way. A host without descriptors cannot load a class that it has not
 * needed before, and would never again be able to: what tells of the end of a child must be there
 * before it.
 */
final class Rehearsal {
  private Rehearsal() {}

  static List<Object> ofEnds(ExitDecoder decoder, UsageInfo usage) {
    var exited =
        new PlatformReport.Exited(
            new Incarnation(ChildId.of("rehearsal"), 1),
            decoder.decode(ExitDecoder.CLD_EXITED, 0),
            Optional.of(usage.usage(0)));
    return List.of(
        new Arrivals.Arrival.Reported(exited),
        new Arrivals.Arrival.Searched(0),
        decoder.decode(ExitDecoder.CLD_KILLED, SignalNumbers.KILL),
        decoder.decode(0, 0));
  }
}
