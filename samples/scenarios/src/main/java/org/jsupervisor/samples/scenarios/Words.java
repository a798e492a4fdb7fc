package org.jsupervisor.samples.scenarios;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.AutoShutdown;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.StartFailure;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.WhenLost;
import org.jsupervisor.strategy.RestartStrategy;

/** How closed sets are written, in the order in which they are told. */
final class Words {
  static final Map<String, RestartStrategy> STRATEGY =
      of(
          "one_for_one", RestartStrategy.oneForOne(),
          "one_for_all", RestartStrategy.oneForAll(),
          "rest_for_one", RestartStrategy.restForOne());
  static final Map<String, AutoShutdown> AUTO_SHUTDOWN =
      of(
          "never", AutoShutdown.NEVER,
          "any_significant", AutoShutdown.ANY_SIGNIFICANT,
          "all_significant", AutoShutdown.ALL_SIGNIFICANT);
  static final Map<String, RestartType> RESTART =
      of(
          "permanent", RestartType.PERMANENT,
          "transient", RestartType.TRANSIENT,
          "temporary", RestartType.TEMPORARY);
  static final Map<String, StartFailure> START_FAILURE =
      of(
          "fails_the_supervisor", StartFailure.FAILS_THE_SUPERVISOR,
          "is_retried", StartFailure.IS_RETRIED);
  static final Map<String, TeamStop.Order> STOP_ORDER =
      of("one_by_one", TeamStop.Order.ONE_BY_ONE, "together", TeamStop.Order.TOGETHER);
  static final Map<String, WhenLost> WHEN_LOST =
      of(
          "goes_on", WhenLost.GOES_ON,
          "is_restarted", WhenLost.IS_RESTARTED,
          "is_stopped", WhenLost.IS_STOPPED);
  static final Map<String, FinishSpec.Style> FINISH =
      of(
          "none", FinishSpec.Style.NONE,
          "runit", FinishSpec.Style.RUNIT,
          "s6", FinishSpec.Style.S6,
          "perp", FinishSpec.Style.PERP,
          "systemd", FinishSpec.Style.SYSTEMD);
  static final Map<String, InputSpec> INPUT =
      of("none", InputSpec.none(), "written", InputSpec.written(), "fed", InputSpec.fed());

  /** The step of a stop ladder that is no signal. */
  static final String END_OF_INPUT = "end of input";

  static final Map<String, Desire> DESIRE = of("up", Desire.UP, "down", Desire.DOWN);

  private Words() {}

  @SuppressWarnings("unchecked")
  static <T> Map<String, T> of(String first, T value, Object... more) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(first, value);
    for (int i = 0; i < more.length; i += 2) {
      words.put((String) more[i], (T) more[i + 1]);
    }
    return words;
  }

  /** The word for a value. */
  static <T> String word(Map<String, T> words, T value) {
    return words.entrySet().stream()
        .filter(each -> each.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no word for " + value));
  }
}
