package org.jsupervisor.definition.svcdef;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.directory.KnownFile;
import org.jsupervisor.definition.directory.ServiceFiles;

/**
 * Every file and directory to which the format gives a meaning. Since {@code run} is not executed,
 * nothing reads what has another name; so that is told, too.
 */
final class SvcdefFiles {
  /** There is one kind of definition. */
  static final String KIND = "svcdef";

  static final List<KnownFile<String>> ALL =
      List.of(
          as(Treatment.HONOURED, "env"),
          as(Treatment.HONOURED, "data/"),
          as(Treatment.HONOURED, "version/"),
          as(Treatment.HONOURED, "versions/"),
          as(Treatment.HONOURED, "run"),
          as(Treatment.HONOURED, "needs/"),
          as(Treatment.HONOURED, "log/"),
          as(Treatment.HONOURED, "check"),
          as(Treatment.HONOURED, "finish"),
          as(Treatment.HONOURED, "down"),
          as(Treatment.HONOURED, "notification-fd"),
          as(Treatment.HONOURED, "down-signal"),
          as(Treatment.HONOURED, "timeout-kill"),
          as(Treatment.HONOURED, "timeout-finish"),
          as(Treatment.REFUSED, "broken"),
          as(Treatment.REPORTED, "untested"),
          as(Treatment.REPORTED, "rc.main"),
          as(Treatment.REPORTED, "rc.log"),
          as(Treatment.PASSED_OVER, "supervise/"),
          as(Treatment.PASSED_OVER, "event/"));

  private SvcdefFiles() {}

  /** A row of the table. */
  static KnownFile<String> as(Treatment treatment, String text) {
    return new KnownFile<>(text, KnownFile.Form.FILE, Map.of(KIND, treatment), treatment, "");
  }

  /** Tells all that is there and is not honoured; why one is refused is told by who reads it. */
  static void tell(ServiceFiles files) {
    for (String name : files.names()) {
      switch (treatment(name)) {
        case HONOURED, PASSED_OVER, REFUSED -> {}
        case REPORTED -> files.note(name, "", reason(name));
      }
    }
  }

  private static Treatment treatment(String name) {
    return known(name).map(file -> file.treatment(KIND)).orElse(Treatment.REPORTED);
  }

  private static Optional<KnownFile<String>> known(String name) {
    return ALL.stream()
        .filter(file -> file.text().equals(name) || file.text().equals(name + "/"))
        .findFirst();
  }

  private static String reason(String name) {
    if (name.equals("untested")) {
      return "says that nobody has tried this definition";
    }
    return known(name).isPresent()
        ? "is not honoured: it is for perp"
        : "is not known in this format, and not read";
  }
}
