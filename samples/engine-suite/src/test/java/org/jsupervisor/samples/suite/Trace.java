package org.jsupervisor.samples.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.Exit;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.TreePhase;

/**
 * What a tree has published, as lines that do not depend on the platform: without times, pids,
 * durations and texts for people. Thread-safe.
 */
final class Trace implements SupervisorListener {
  /** The last line of every tree that has stopped. */
  static final String LAST = "/ TreePhaseChanged STOPPING -> " + TreePhase.STOPPED;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicLong lost = new AtomicLong();

  @Override
  public void onEvent(PublishedEvent published) {
    SupervisorEvent event = published.event();
    String kind = event.getClass().getSimpleName();
    lines.add((event.child() + " " + kind + " " + facts(event)).strip());
  }

  @Override
  public void onLoss(long events) {
    lost.addAndGet(events);
  }

  /** Whether every event was heard. */
  boolean isWhole() {
    return lost.get() == 0;
  }

  boolean has(String line) {
    return lines.contains(line);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The lines of each child in their order; {@code /} is the tree. */
  Map<String, List<String>> byChild() {
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                line -> line.substring(0, line.indexOf(' ')), TreeMap::new, Collectors.toList()));
  }

  /** In which order runs began and ended, across the children. */
  List<String> runs() {
    return lines.stream()
        .filter(line -> line.contains(" Launched ") || line.contains(" Ended "))
        .toList();
  }

  /** What of an event is the same on each platform; a kind without such facts has none. */
  private static String facts(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.DesireChanged changed) {
      return changed.desire().name();
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      return changed.from() + " -> " + changed.to();
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      return changed.from() + " -> " + changed.to();
    } else if (event instanceof SupervisorEvent.Launched launched) {
      return "#" + launched.incarnation().number();
    } else if (event instanceof SupervisorEvent.Ready ready) {
      return "#" + ready.incarnation().number();
    } else if (event instanceof SupervisorEvent.SignalSent sent) {
      return "#" + sent.incarnation().number() + " " + sent.signal();
    } else if (event instanceof SupervisorEvent.Ended ended) {
      return facts(ended.exit());
    } else if (event instanceof SupervisorEvent.RestartScheduled scheduled) {
      return "attempt " + scheduled.attempt();
    } else if (event instanceof SupervisorEvent.GroupRestart group) {
      return group.failed() + " of " + group.members();
    } else if (event instanceof SupervisorEvent.GaveUp gaveUp) {
      return gaveUp.decision().kind().name();
    } else if (event instanceof SupervisorEvent.GiveUpExplained explained) {
      return explained.explanation().chain().stream().map(Reason::child).toList().toString();
    }
    return "";
  }

  private static String facts(Exit exit) {
    ExitStatus status = exit.status();
    String detail = "";
    if (status instanceof ExitStatus.Exited exited) {
      detail = " " + exited.code();
    } else if (status instanceof ExitStatus.Signalled signalled) {
      detail = " " + signalled.signal();
    } else if (status instanceof ExitStatus.NeverStarted never) {
      detail = " " + never.failure().fault() + " " + never.failure().error();
    }
    return "#" + exit.incarnation().number() + " " + status.kind() + detail + " " + exit.cause();
  }
}
