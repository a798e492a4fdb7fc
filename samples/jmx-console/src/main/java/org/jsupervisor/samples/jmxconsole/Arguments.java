package org.jsupervisor.samples.jmxconsole;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * The command line.
 *
 * @param target where the tree is
 * @param login who connects; empty where nobody asks
 * @param reason why, for what wants a reason
 * @param waitSeconds how long to wait until it is done
 * @param verb what to do
 * @param words what is behind it: services, and with {@code signal} first the signal
 */
record Arguments(
    Target target,
    Optional<String> login,
    String reason,
    int waitSeconds,
    Verb verb,
    List<String> words) {
  static final String USAGE =
      """
      usage: jmx-console -p PID | -u URL|@FILE [-l LOGIN] [-r REASON] [-w SECONDS] COMMAND
        list | status [SERVICE...]      what there is, and how it is
        explain SERVICE...              why it is not up, or not ready
        up | down | restart | once | pause | resume SERVICE...
        signal NAME SERVICE...          for example: signal HUP web
        rotate SERVICE...               begins its log files anew
        tail SERVICE...                 its last lines of output, if they are kept (log.tail)
        watch [SERVICE...]              what happens, until you end it
      The password for a LOGIN is read from the terminal, else from standard input.""";

  private static final int WAIT_SECONDS = 7;
  private static final int WAIT_SECONDS_MAX = ServiceMXBean.WAIT_SECONDS_MAX;

  Arguments {
    words = List.copyOf(words);
  }

  static Arguments parse(String... given) throws UsageException {
    Queue<String> rest = new ArrayDeque<>(List.of(given));
    List<Target> targets = new ArrayList<>();
    Optional<String> login = Optional.empty();
    String reason = "asked at a terminal";
    int wait = WAIT_SECONDS;
    while (!rest.isEmpty() && rest.element().startsWith("-")) {
      String option = rest.remove();
      String value = rest.poll();
      if (value == null) {
        throw new UsageException("option '" + option + "' needs a value");
      }
      switch (option) {
        case "-p" -> targets.add(new Target.OfPid(value));
        case "-u" ->
            targets.add(
                value.startsWith("@")
                    ? new Target.OfFile(Path.of(value.substring(1)))
                    : new Target.OfUrl(value));
        case "-l" -> login = Optional.of(value);
        case "-r" -> reason = value;
        case "-w" -> wait = seconds(value);
        default -> throw new UsageException("unknown option '" + option + "'");
      }
    }
    if (targets.size() != 1) {
      throw new UsageException("exactly one of -p PID and -u URL is needed");
    }
    String word = Optional.ofNullable(rest.poll()).orElse("");
    Verb verb =
        Verb.named(word).orElseThrow(() -> new UsageException("unknown command '" + word + "'"));
    List<String> words = List.copyOf(rest);
    if (words.size() < (verb == Verb.SIGNAL ? 2 : verb.mayMeanAll() ? 0 : 1)) {
      throw new UsageException(verb.name().toLowerCase(Locale.ROOT) + " needs a service");
    }
    return new Arguments(targets.get(0), login, reason, wait, verb, words);
  }

  private static int seconds(String text) throws UsageException {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 0 && seconds <= WAIT_SECONDS_MAX) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UsageException(
        "-w must be 0 to " + WAIT_SECONDS_MAX + " seconds, was '" + text + "'");
  }

  /** The services that are named. */
  List<String> services() {
    return verb == Verb.SIGNAL ? words.subList(1, words.size()) : words;
  }
}
