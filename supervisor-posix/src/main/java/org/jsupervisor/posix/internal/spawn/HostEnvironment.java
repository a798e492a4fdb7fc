package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.SharedTexts;

/**
 * The host's environment, encoded once for all launches: most of what a launch would otherwise
 * encode is always the same. Holds nothing of any spec. Immutable.
 */
final class HostEnvironment {
  // Sorted, because a sorted map is copied without comparing a single name.
  private final SortedMap<String, String> variables;
  private final Map<String, Integer> places = new HashMap<>();
  private final SharedTexts texts;
  private final long bytes;

  HostEnvironment(Map<String, String> variables) {
    this.variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    List<byte[]> encoded = new ArrayList<>();
    long sum = 0;
    for (Map.Entry<String, String> variable : this.variables.entrySet()) {
      byte[] text = CString.bytes(variable.getKey() + "=" + variable.getValue());
      places.put(variable.getKey(), encoded.size());
      encoded.add(text);
      sum += text.length;
    }
    texts = new SharedTexts(encoded);
    bytes = sum;
  }

  SortedMap<String, String> variables() {
    return variables;
  }

  /** The variables as C sees them, in the order of their names. */
  SharedTexts texts() {
    return texts;
  }

  /** How many bytes the texts have. */
  long bytes() {
    return bytes;
  }

  /** Which of the texts is that variable; -1 if none is. */
  int place(String name) {
    return places.getOrDefault(name, -1);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "HostEnvironment" + variables.keySet();
  }
}
