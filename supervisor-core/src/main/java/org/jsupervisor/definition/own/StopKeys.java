package org.jsupervisor.definition.own;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/** The keys of a service file that say how it is stopped. */
final class StopKeys {
  private static final Pattern STEP = Pattern.compile("(\\S+)\\s+(\\S+)");
  private static final String END_OF_INPUT = "end-of-input";
  private static final String NONE = "none";

  private final ServiceProperties properties;
  private final DefinitionSettings settings;

  private StopKeys(ServiceProperties properties, DefinitionSettings settings) {
    this.properties = properties;
    this.settings = settings;
  }

  /** Empty if a value is refused. */
  static Optional<StopSpec> read(ServiceProperties properties, DefinitionSettings settings) {
    return new StopKeys(properties, settings).read();
  }

  private Optional<StopSpec> read() {
    List<StopStep> ladder = properties.repeated(ServiceKey.STOP_STEP).isEmpty() ? usual() : steps();
    Duration killWait =
        properties.duration(ServiceKey.STOP_KILL_WAIT).orElse(StopSpec.defaults().killWait());
    return properties.build(() -> new StopSpec(ladder, killWait), ServiceKey.STOP_KILL_WAIT);
  }

  /** One signal; but of who is fed, if nothing is said, the end of its input before. */
  private List<StopStep> usual() {
    if (InputKeys.isFed(properties)
        && !properties.has(ServiceKey.STOP_SIGNAL)
        && !properties.has(ServiceKey.STOP_GRACE)) {
      return StopSpec.endOfInput().ladder();
    }
    Signal signal =
        properties
            .text(ServiceKey.STOP_SIGNAL)
            .flatMap(text -> properties.build(() -> settings.signal(text), ServiceKey.STOP_SIGNAL))
            .orElse(Signal.TERM);
    Duration grace =
        properties.duration(ServiceKey.STOP_GRACE).orElse(StopSpec.SIGNAL_GRACE_DEFAULT);
    return properties
        .build(() -> StopStep.of(signal, grace), ServiceKey.STOP_GRACE)
        .map(List::of)
        .orElse(List.of());
  }

  private List<StopStep> steps() {
    properties.refuse(
        "has no effect with stop.step", ServiceKey.STOP_SIGNAL, ServiceKey.STOP_GRACE);
    List<Entry> entries = properties.repeated(ServiceKey.STOP_STEP);
    List<StopStep> ladder = new ArrayList<>();
    if (entries.size() == 1 && entries.get(0).value().equals(NONE)) {
      return ladder;
    }
    for (Entry each : entries) {
      properties
          .findings()
          .attempt(properties.place(each), each.written(), () -> step(each.value()))
          .ifPresent(ladder::add);
    }
    return ladder;
  }

  private StopStep step(String text) {
    Matcher step = STEP.matcher(text);
    Optional<Duration> grace =
        step.matches() ? ServiceProperties.parseDuration(step.group(2)) : Optional.empty();
    if (grace.isEmpty()) {
      throw new IllegalArgumentException(
          "must be a signal or end-of-input, and how long it has, as in TERM 10s; or none alone");
    }
    return step.group(1).equals(END_OF_INPUT)
        ? StopStep.endOfInput(grace.get())
        : StopStep.of(settings.signal(step.group(1)), grace.get());
  }
}
