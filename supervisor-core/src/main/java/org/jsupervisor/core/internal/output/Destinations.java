package org.jsupervisor.core.internal.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jsupervisor.core.internal.model.Failures;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.output.RotatingSink;
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

  /**
   * What serves the output of one child.
   *
   * @param sink one for all its pipes
   * @param ledgers what is known of each destination
   * @param rotating those that have files to rotate
   * @param recent those that keep the last lines
   */
  public record Made(
      OutputSink sink,
      List<Ledger> ledgers,
      List<RotatingSink> rotating,
      List<RecentOutput> recent) {
    public Made {
      ledgers = List.copyOf(ledgers);
      rotating = List.copyOf(rotating);
      recent = List.copyOf(recent);
    }
  }

  /** One place; it may be led to from stdout and from stderr. */
  private record Place(OnceClosed sink, LossTally tally) {}

  /** What is being made for one child. */
  private static final class Making {
    private final Map<OutputSpec.Destination, Place> places = new LinkedHashMap<>();
    private final List<RotatingSink> rotating = new ArrayList<>();
    private final List<RecentOutput> recent = new ArrayList<>();
  }

  /** For a child with this output. */
  public Made of(OutputSpec output) {
    Making making = new Making();
    OutputSink sink =
        output instanceof OutputSpec.Separate apart
            ? new ByStream(of(apart.stdout(), making), of(apart.stderr(), making))
            : of((OutputSpec.Route) output, making);
    List<Ledger> ledgers =
        making.places.values().stream().map(place -> place.tally.ledger()).toList();
    return new Made(sink, ledgers, making.rotating, making.recent);
  }

  private OutputSink of(OutputSpec.Route route, Making making) {
    List<Tee.To> sinks =
        route.destinations().stream().map(destination -> to(destination, making)).toList();
    return switch (sinks.size()) {
      case 0 -> DISCARDING;
      case 1 -> sinks.get(0).sink();
      default -> new Tee(sinks);
    };
  }

  private Tee.To to(OutputSpec.Destination destination, Making making) {
    Place place = making.places.get(destination);
    if (place == null) {
      place = place(destination, making);
      making.places.put(destination, place);
    }
    return new Tee.To(place.sink.used(), place.tally);
  }

  private Place place(OutputSpec.Destination destination, Making making) {
    OutputSink sink = sink(destination);
    Ledger ledger = new Ledger(destination, ticker);
    if (sink instanceof RotatingSink rotating) {
      making.rotating.add(rotating);
      ledger.keepsFilesIn(rotating);
    }
    if (sink instanceof RecentOutput recent) {
      making.recent.add(recent);
    }
    LossTally tally = new LossTally(ledger, losses, ticker);
    return new Place(new OnceClosed(behind(destination.backPressure(), sink, tally)), tally);
  }

  private OutputSink behind(BackPressure pressure, OutputSink sink, LossTally tally) {
    if (pressure instanceof BackPressure.LoseRefused) {
      return new DirectSink(sink, tally);
    }
    if (pressure instanceof BackPressure.Block) {
      return new DirectSink(new InsistentSink(sink), tally);
    }
    Backlog backlog =
        pressure instanceof BackPressure.Spill spill
            ? new SpillBacklog(spill, tally)
            : new MemoryBacklog((BackPressure.Drop) pressure, tally);
    return new BufferedSink(sink, backlog, tally, writers);
  }

  /**
   * Makers are code of others, called on the engine's thread: what cannot be made loses output, and
   * it is told why, but it never is the end of the engine.
   */
  @SuppressWarnings("CatchingUnchecked")
  private OutputSink sink(OutputSpec.Destination destination) {
    if (destination instanceof OutputSpec.Custom custom) {
      return custom.sink();
    }
    try {
      OutputSink made =
          destination instanceof OutputSpec.Made one
              ? one.maker().make()
              : logs.apply(((OutputSpec.Logged) destination).log());
      return Objects.requireNonNull(made, "its maker answered null");
    } catch (Throwable failure) {
      return new FailingSink(
          "the sink for "
              + Ledger.place(destination)
              + " could not be made: "
              + Failures.text(failure));
    }
  }
}
