package org.jsupervisor.scan;

import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.Request;

/**
 * Who asks for one rescan: the first, with his reason, and the names of those who have joined him.
 * Immutable, and short however many ask.
 *
 * @param first asked first; {@link ScanApplication#BY_DEFINITION} while nobody has
 * @param others who joined, each once, in their order
 * @param untold how many requests of further ones came, whose names are not kept
 */
record Askers(Request first, List<String> others, int untold) {
  static final Askers NOBODY = new Askers(ScanApplication.BY_DEFINITION, List.of(), 0);

  /** How long the names of the others are together: one is always kept, and half of a reason. */
  private static final int NAMES_LENGTH_MAX = 72;

  private static final String CUT = " [cut]";

  Askers {
    others = List.copyOf(others);
  }

  /** The same with one more. */
  Askers with(Request another) {
    String name = another.asker();
    if (first.equals(ScanApplication.BY_DEFINITION)) {
      return new Askers(another, List.of(), 0);
    }
    if (another.equals(ScanApplication.BY_DEFINITION)
        || first.asker().equals(name)
        || others.contains(name)) {
      return this;
    }
    List<String> more = Stream.concat(others.stream(), Stream.of(name)).toList();
    return String.join(", ", more).length() <= NAMES_LENGTH_MAX
        ? new Askers(first, more, untold)
        : new Askers(first, others, untold + 1);
  }

  /** The first one's; its reason names the others, and is cut before they are. */
  Request request() {
    if (others.isEmpty()) {
      return first;
    }
    String also =
        "; also for "
            + String.join(", ", others)
            + (untold > 0 ? " and " + untold + " more requests" : "");
    return Request.of(
        first.asker(), shortened(first.reason(), Request.REASON_LENGTH_MAX - also.length()) + also);
  }

  private static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - CUT.length();
    // Half a character is none, and a reason with it is refused.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
