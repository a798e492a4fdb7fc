package org.jsupervisor.jmx.internal;

import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.jmx.RouteReport;
import org.jsupervisor.jmx.RouteReport.Kind;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.OutputSpec;

/** Turns an output specification into what JMX tells of it. */
final class Routes {
  private Routes() {}

  static List<RouteReport> of(OutputSpec output) {
    if (output instanceof OutputSpec.Separate apart) {
      return Stream.concat(
              of(OutputSource.Stream.STDOUT, apart.stdout()),
              of(OutputSource.Stream.STDERR, apart.stderr()))
          .toList();
    }
    return of(OutputSource.Stream.BOTH, (OutputSpec.Route) output).toList();
  }

  private static Stream<RouteReport> of(OutputSource.Stream stream, OutputSpec.Route route) {
    if (route instanceof OutputSpec.ToChild child) {
      return Stream.of(new RouteReport(stream, Kind.CHILD, child.consumer(), ""));
    }
    return route.destinations().isEmpty()
        ? Stream.of(new RouteReport(stream, Kind.DISCARDED, "", ""))
        : route.destinations().stream().map(destination -> of(stream, destination));
  }

  private static RouteReport of(OutputSource.Stream stream, OutputSpec.Destination destination) {
    Kind kind = destination instanceof OutputSpec.Logged ? Kind.LOG_DIRECTORY : Kind.SINK;
    return new RouteReport(stream, kind, place(destination), text(destination.backPressure()));
  }

  /** A sink is code of others: it may throw, and say anything. */
  private static String place(OutputSpec.Destination destination) {
    try {
      return String.valueOf(destination.place()).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    } catch (RuntimeException | LinkageError thrown) {
      return "without a name";
    }
  }

  private static String text(BackPressure pressure) {
    if (pressure instanceof BackPressure.Drop drop) {
      return "DROP_" + drop.dropped() + " " + drop.budgetBytes();
    }
    if (pressure instanceof BackPressure.Spill spill) {
      return "SPILL " + spill.budgetBytes() + " " + spill.file();
    }
    return pressure instanceof BackPressure.Block ? "BLOCK" : "LOSE_REFUSED";
  }
}
