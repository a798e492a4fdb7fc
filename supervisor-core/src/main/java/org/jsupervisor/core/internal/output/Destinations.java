package org.jsupervisor.core.internal.output;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;

/** Makes the sinks that output specs describe. Confined to the engine; does no I/O itself. */
public final class Destinations {
  /** Where output may be searched, but is not kept. */
  private static final OutputSink DISCARDING = (source, bytes) -> {};

  private final Function<LogSpec, OutputSink> logs;
  private final Ticker ticker;
  private final Writers writers;
  private final LossListener losses;

  /** Makes the sinks of log directories with {@code logs}, which may be code of others. */
  public Destinations(
      Function<LogSpec, OutputSink> logs, Ticker ticker, Writers writers, LossListener losses) {
    this.logs = logs;
    this.ticker = ticker;
    this.writers = writers;
    this.losses = losses;
  }

  /** One sink for all pipes of a child. */
  public OutputSink of(OutputSpec output) {
    Map<OutputSpec.Destination, OnceClosed> made = new HashMap<>();
    if (output instanceof OutputSpec.Separate apart) {
      return new ByStream(of(apart.stdout(), made), of(apart.stderr(), made));
    }
    return of((OutputSpec.Route) output, made);
  }

  private OutputSink of(OutputSpec.Route route, Map<OutputSpec.Destination, OnceClosed> made) {
    List<OutputSink> sinks =
        route.destinations().stream()
            .<OutputSink>map(
                destination ->
                    made.computeIfAbsent(destination, one -> new OnceClosed(behind(one))).used())
            .toList();
    return switch (sinks.size()) {
      case 0 -> DISCARDING;
      case 1 -> sinks.get(0);
      default -> new Tee(sinks, new LossTally(losses, ticker));
    };
  }

  private OutputSink behind(OutputSpec.Destination destination) {
    OutputSink sink = sink(destination);
    BackPressure pressure = destination.backPressure();
    if (pressure instanceof BackPressure.LoseRefused) {
      return sink;
    }
    if (pressure instanceof BackPressure.Block) {
      return new InsistentSink(sink);
    }
    LossTally tally = new LossTally(losses, ticker);
    Backlog backlog =
        pressure instanceof BackPressure.Spill spill
            ? new SpillBacklog(spill, tally)
            : new MemoryBacklog((BackPressure.Drop) pressure, tally);
    return new BufferedSink(sink, backlog, tally, writers);
  }

  private OutputSink sink(OutputSpec.Destination destination) {
    if (destination instanceof OutputSpec.Custom custom) {
      return custom.sink();
    }
    LogSpec log = ((OutputSpec.Logged) destination).log();
    try {
      return logs.apply(log);
    } catch (RuntimeException failure) {
      // If it cannot be made, output is lost, and it is told why.
      return new FailingSink(
          "the sink for " + log.directory() + " could not be made: " + Failures.text(failure));
    }
  }
}
