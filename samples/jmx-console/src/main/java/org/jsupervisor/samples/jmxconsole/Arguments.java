package org.jsupervisor.samples.jmxconsole;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jsupervisor.jmx.ServiceLogMXBean;
import org.jsupervisor.jmx.ServiceMXBean;

/**
 * The command line.
 *
 * @param target where the tree is
 * @param login who connects; empty where nobody asks
 * @param reason why, for what wants a reason
 * @param waitSeconds how long to wait until it is done
 * @param lines how many of the last lines
 * @param verb what to do
 * @param words what is behind it: services, and with {@code signal} first the signal
 */
record Arguments(
    Target target,
    Optional<String> login,
    String reason,
    int waitSeconds,
    int lines,
    Verb verb,
    List<String> words) {
  static final String USAGE =
      """
      usage: jmx-console -p PID | -u URL|@FILE [-l LOGIN] [-r REASON] [-w SECONDS] [-n LINES]
                         COMMAND [SERVICE...]
        list | status [SERVICE...]      what there is, and how it is
        check [SERVICE...]              whether they are as wanted; waits until they are
        explain SERVICE...              why it is not up, or not ready
        up | down | restart | once | pause | resume SERVICE...
        release SERVICE...              from quarantine
        signal NAME SERVICE...          for example: signal HUP web
        rotate SERVICE...               begins its log files anew
        tail SERVICE...                 its last lines of output
        watch [SERVICE...]              what happens, until you end it
      As with sv there are start, stop, cont, hup, alarm, interrupt, quit, 1, 2, term, kill.
      Where there are several trees, a service is TREE:SERVICE. What is not done after SECONDS
      counts as failed, and goes on.
      The password for a LOGIN is read from the terminal, else from standard input.""";

  private static final int LINES = 10;
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
    int lines = LINES;
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
        case "-w" -> wait = number(option, value, 0, WAIT_SECONDS_MAX);
        case "-n" -> lines = number(option, value, 1, ServiceLogMXBean.LINES_MAX);
        default -> throw new UsageException("unknown option '" + option + "'");
      }
    }
    if (targets.size() != 1) {
      throw new UsageException("exactly one of -p PID and -u URL is needed");
    }
    String word = Optional.ofNullable(rest.poll()).orElse("");
    Verb.Said said =
        Verb.said(word).orElseThrow(() -> new UsageException("unknown command '" + word + "'"));
    List<String> words = new ArrayList<>(said.implied());
    words.addAll(rest);
    if (words.size() < (said.verb() == Verb.SIGNAL ? 2 : said.verb().mayMeanAll() ? 0 : 1)) {
      throw new UsageException(word + " needs a service");
    }
    return new Arguments(targets.get(0), login, reason, wait, lines, said.verb(), words);
  }

  private static int number(String option, String text, int least, int most) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UsageException(option + " must be " + least + " to " + most + ", was '" + text + "'");
  }

  /** The services that are named. */
  List<String> services() {
    return verb == Verb.SIGNAL ? words.subList(1, words.size()) : words;
  }
}
