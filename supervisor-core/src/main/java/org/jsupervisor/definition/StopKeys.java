package org.jsupervisor.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.StopStep;

/** The keys of a service file that say how it is stopped. */
final class StopKeys {
  private StopKeys() {}

  /** Empty if a value is refused. */
  static Optional<StopSpec> read(ServiceProperties properties, DefinitionSettings settings) {
    Signal signal =
        properties
            .text(ServiceKey.STOP_SIGNAL)
            .flatMap(text -> properties.build(() -> settings.signal(text), ServiceKey.STOP_SIGNAL))
            .orElse(Signal.TERM);
    Duration grace =
        properties.duration(ServiceKey.STOP_GRACE).orElse(StopSpec.SIGNAL_GRACE_DEFAULT);
    Duration killWait =
        properties.duration(ServiceKey.STOP_KILL_WAIT).orElse(StopSpec.defaults().killWait());
    Optional<StopStep> polite =
        properties.build(() -> StopStep.of(signal, grace), ServiceKey.STOP_GRACE);
    return properties.build(
        () -> new StopSpec(polite.map(List::of).orElse(List.of()), killWait),
        ServiceKey.STOP_KILL_WAIT);
  }
}
