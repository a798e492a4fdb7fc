package org.jsupervisor.definition.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.WhenLost;

/** The keys of a service file that say which siblings must be there before it. */
final class NeedsKeys {
  private static final Map<ServiceKey, WhenLost> KEYS =
      Map.of(
          ServiceKey.NEEDS, WhenLost.GOES_ON,
          ServiceKey.NEEDS_OR_RESTART, WhenLost.IS_RESTARTED,
          ServiceKey.NEEDS_OR_STOP, WhenLost.IS_STOPPED);

  private NeedsKeys() {}

  /** Whether there are such siblings is not known here: the whole directory is asked later. */
  static List<Dependency> read(ServiceProperties properties) {
    List<Dependency> needed = new ArrayList<>();
    for (ServiceKey key : ServiceKey.values()) {
      WhenLost whenLost = KEYS.get(key);
      if (whenLost != null) {
        properties.words(key).forEach(on -> needed.add(new Dependency(on, whenLost)));
      }
    }
    return needed;
  }
}
