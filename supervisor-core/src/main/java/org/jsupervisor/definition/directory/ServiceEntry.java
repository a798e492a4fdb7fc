package org.jsupervisor.definition.directory;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every file and directory that any family gives a meaning, and what becomes of it here. What has
 * another name is the service's own, and is passed over.
 */
enum ServiceEntry {
  RUN("run", Form.PROGRAM, honoured(Family.DAEMONTOOLS, Family.ENCORE, Family.RUNIT, Family.S6)),
  DOWN("down", Form.FILE, honoured(Family.DAEMONTOOLS, Family.ENCORE, Family.RUNIT, Family.S6)),
  LOG("log/", Form.DIRECTORY, honoured(Family.DAEMONTOOLS, Family.ENCORE, Family.RUNIT, Family.S6)),
  FINISH("finish", Form.PROGRAM, honoured(Family.RUNIT, Family.S6)),

  LOG_PROGRAM("log", Form.PROGRAM, logProgram()),
  START("start", Form.PROGRAM, honoured(Family.ENCORE)),
  STOP("stop", Form.PROGRAM, reported(Family.ENCORE, "nothing is run after a stop alone")),
  NOTIFY("notify", Form.PROGRAM, reported(Family.ENCORE, "listeners and JMX tell of each change")),
  NO_SETSID("no-setsid", Form.FILE, reported(Family.ENCORE, "each child has its own session")),

  CHECK("check", Form.PROGRAM, honoured(Family.RUNIT)),
  CONTROL("control/", Form.DIRECTORY, reported(Family.RUNIT, "its programs are not run")),

  NOTIFICATION_FD("notification-fd", Form.FILE, honoured(Family.S6)),
  DOWN_SIGNAL("down-signal", Form.FILE, honoured(Family.S6)),
  TIMEOUT_KILL("timeout-kill", Form.FILE, honoured(Family.S6)),
  TIMEOUT_FINISH("timeout-finish", Form.FILE, honoured(Family.S6)),
  FLAG_TIMEOUT_KILLPG("flag-timeout-killpg", Form.FILE, honoured(Family.S6)),
  MAX_DEATH_TALLY(
      "max-death-tally",
      Form.FILE,
      reported(Family.S6, "restarts have a limit instead; s6-permafailon finds no tally")),
  LOCK_FD(
      "lock-fd",
      Form.FILE,
      reported(Family.S6, "it dies with its host, and finds no lock at that descriptor")),
  RELOAD_SIGNAL("reload-signal", Form.FILE, reported(Family.S6, "signals are sent by name")),
  NOSETSID("nosetsid", Form.FILE, reported(Family.S6, "each child has its own session")),
  FLAG_NEWPIDNS("flag-newpidns", Form.FILE, refused(Family.S6)),
  INSTANCE("instance/", Form.DIRECTORY, reported(Family.S6, "it is for an s6-svscan in run")),
  INSTANCES("instances/", Form.DIRECTORY, reported(Family.S6, "it is for an s6-svscan in run")),

  RC_MAIN("rc.main", Form.PROGRAM, honoured(Family.PERP)),
  RC_LOG("rc.log", Form.PROGRAM, honoured(Family.PERP)),
  FLAG_DOWN("flag.down", Form.FILE, honoured(Family.PERP)),
  FLAG_ONCE("flag.once", Form.FILE, honoured(Family.PERP)),

  TYPE("type", Form.FILE, ofOthers()),
  UP("up", Form.FILE, ofOthers()),
  DEPENDENCIES("dependencies", Form.FILE, ofOthers()),
  DEPENDENCIES_D("dependencies.d/", Form.DIRECTORY, ofOthers()),
  CONTENTS("contents", Form.FILE, ofOthers()),
  CONTENTS_D("contents.d/", Form.DIRECTORY, ofOthers()),
  PRODUCER_FOR("producer-for", Form.FILE, ofOthers()),
  CONSUMER_FOR("consumer-for", Form.FILE, ofOthers()),
  PIPELINE_NAME("pipeline-name", Form.FILE, ofOthers()),
  TIMEOUT_UP("timeout-up", Form.FILE, ofOthers()),
  TIMEOUT_DOWN("timeout-down", Form.FILE, ofOthers()),
  FLAG_ESSENTIAL("flag-essential", Form.FILE, ofOthers()),
  FLAG_RECOMMENDED("flag-recommended", Form.FILE, ofOthers()),

  ENV("env/", Form.DIRECTORY, passedOver()),
  DATA("data/", Form.DIRECTORY, passedOver()),
  SUPERVISE("supervise/", Form.DIRECTORY, passedOver()),
  EVENT("event/", Form.DIRECTORY, passedOver());

  /** What becomes of it. */
  enum Treatment {
    /** It does here what it does there, but for what a note or the document says. */
    HONOURED("honoured"),
    /** It has no effect, and a note says so. */
    REPORTED("reported"),
    /** A definition with it is refused: without it, the service would be another one. */
    REFUSED("refused"),
    /**
     * It has no effect there either: it is for the service itself, or a state of its supervisor.
     */
    PASSED_OVER("passed over");

    private final String text;

    Treatment(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** What gives it its meaning. */
  private enum Form {
    PROGRAM,
    FILE,
    DIRECTORY
  }

  /**
   * What becomes of it by family, in those that are not named, and why it has no effect in one that
   * knows it.
   */
  private record Meaning(Map<Family, Treatment> known, Treatment elsewhere, String reason) {
    Meaning {
      known = Map.copyOf(known);
    }
  }

  private final String text;
  private final Form form;

  @SuppressWarnings("ImmutableEnumChecker") // Its map is a copy that nobody can change.
  private final Meaning meaning;

  ServiceEntry(String text, Form form, Meaning meaning) {
    this.text = text;
    this.form = form;
    this.meaning = meaning;
  }

  private static Meaning honoured(Family... families) {
    return new Meaning(
        Stream.of(families).collect(Collectors.toMap(each -> each, each -> Treatment.HONOURED)),
        Treatment.REPORTED,
        "");
  }

  private static Meaning reported(Family family, String reason) {
    return new Meaning(Map.of(family, Treatment.REPORTED), Treatment.REPORTED, reason);
  }

  private static Meaning refused(Family family) {
    return new Meaning(Map.of(family, Treatment.REFUSED), Treatment.REPORTED, "");
  }

  /** Of s6-rc, not of a service directory. */
  private static Meaning ofOthers() {
    return new Meaning(Map.of(), Treatment.REPORTED, "");
  }

  private static Meaning passedOver() {
    return new Meaning(Map.of(), Treatment.PASSED_OVER, "");
  }

  /** Where {@code log} must be a directory, a file of that name is a mistake. */
  private static Meaning logProgram() {
    return new Meaning(
        Map.of(Family.ENCORE, Treatment.HONOURED, Family.PERP, Treatment.REPORTED),
        Treatment.REFUSED,
        "a logger is called rc.log");
  }

  /** Its name, with a slash behind that of a directory. */
  String text() {
    return text;
  }

  private String fileName() {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** What becomes of it in a directory of this family. */
  Treatment treatment(Family family) {
    return meaning.known.getOrDefault(family, meaning.elsewhere);
  }

  /** The family that alone knows it; empty if there are several, or none. */
  Optional<Family> sign() {
    Set<Family> families = new HashSet<>(meaning.known.keySet());
    if (families.size() > 1) {
      families.removeIf(each -> meaning.known.get(each) != Treatment.HONOURED);
    }
    return families.size() == 1 ? families.stream().findFirst() : Optional.empty();
  }

  /** Whether it is there, in the form that gives it its meaning. */
  boolean isIn(ServiceFiles files) {
    return switch (form) {
      case PROGRAM -> files.hasProgram(fileName());
      case DIRECTORY -> files.hasDirectory(fileName());
      case FILE -> files.has(fileName());
    };
  }

  /** Tells all that is there and has no effect in this family, or refuses it. */
  static void tellAll(ServiceFiles files, Family family) {
    for (ServiceEntry each : values()) {
      if (each.isIn(files)) {
        each.tell(files, family);
      }
    }
  }

  private void tell(ServiceFiles files, Family family) {
    switch (treatment(family)) {
      case HONOURED, PASSED_OVER -> {}
      case REFUSED -> files.problem(fileName(), "", "must not be there: it cannot be honoured");
      case REPORTED -> files.note(fileName(), "", "is not honoured: " + why(family));
    }
  }

  private String why(Family family) {
    return meaning.known.containsKey(family)
        ? meaning.reason
        : "this is read as a directory of " + family;
  }
}
