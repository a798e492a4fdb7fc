package org.jsupervisor.samples.scanhost;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.SpecProblem;

/** Prints what happens, one line each. */
final class LivePrinter implements SupervisorListener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Consumer<String> out;
  private final Arguments.Form form;

  /**
   * Prints to this.
   *
   * @param out takes lines, any thread, must not wait: it would hold up the tree's notifier
   */
  LivePrinter(Consumer<String> out, Arguments.Form form) {
    this.out = out;
    this.form = form;
  }

  /** How a line looks on a terminal. */
  private enum Tone {
    GOOD("\u001b[32m"),
    CALM(""),
    BAD("\u001b[31m");

    private final String colour;

    Tone(String colour) {
      this.colour = colour;
    }
  }

  private record Line(String word, Tone tone, String detail) {}

  @Override
  public void onEvent(PublishedEvent published) {
    line(published.event())
        .ifPresent(line -> print(published.at(), published.event().child().toString(), line));
  }

  @Override
  public void onLoss(long events) {
    note(events + " events came too fast to be printed");
  }

  /** A line that is about no service. */
  void note(String text) {
    print(Instant.now(), "scan-host", new Line("", Tone.CALM, text));
  }

  /** The line that says that everything is as it should be. */
  void ready(String text) {
    print(Instant.now(), "scan-host", new Line("READY", Tone.GOOD, text));
  }

  void problem(SpecProblem problem) {
    print(Instant.now(), "scan-host", new Line("refused", Tone.BAD, problem.toString()));
  }

  void remark(SpecProblem note) {
    print(Instant.now(), "scan-host", new Line("note", Tone.CALM, note.toString()));
  }

  private static Optional<Line> line(SupervisorEvent event) {
    String detail = event.describe();
    if (event instanceof SupervisorEvent.Launched launched) {
      return line("launched", Tone.CALM, "pid " + launched.pid());
    } else if (event instanceof SupervisorEvent.Ready) {
      return line("ready", Tone.GOOD, "");
    } else if (event instanceof SupervisorEvent.Ended) {
      return line("ended", Tone.CALM, detail);
    } else if (event instanceof SupervisorEvent.RestartScheduled) {
      return line("restarting", Tone.CALM, detail);
    } else if (event instanceof SupervisorEvent.GroupRestart group) {
      return line(
          "restarting",
          Tone.CALM,
          "together " + group.members() + ", since " + group.failed() + " failed");
    } else if (event instanceof SupervisorEvent.SignalSent sent) {
      return sent.signal().equals(Signal.CONT)
          ? Optional.empty()
          : line("signalled", Tone.CALM, detail);
    } else if (event instanceof SupervisorEvent.InputEnded
        || event instanceof SupervisorEvent.SignalDelegated
        || event instanceof SupervisorEvent.SignalProgramEnded) {
      return line("signalled", Tone.CALM, detail);
    } else if (event instanceof SupervisorEvent.PhaseChanged changed) {
      return line(changed);
    } else if (event instanceof SupervisorEvent.OutputLost
        || event instanceof SupervisorEvent.FinishFailed
        || event instanceof SupervisorEvent.LeftBehind
        || event instanceof SupervisorEvent.DecisionFailed) {
      return line("trouble", Tone.BAD, detail);
    } else if (event instanceof SupervisorEvent.GiveUpExplained) {
      return line("why", Tone.BAD, detail);
    } else if (event instanceof SupervisorEvent.Defined) {
      return line("defined", Tone.CALM, "");
    } else if (event instanceof SupervisorEvent.Removed) {
      return line("removed", Tone.CALM, "");
    } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
      return line(
          changed.to().toString().toLowerCase(java.util.Locale.ROOT), Tone.CALM, changed.reason());
    }
    return Optional.empty();
  }

  /** Only the phases that no other line tells. */
  private static Optional<Line> line(SupervisorEvent.PhaseChanged changed) {
    return switch (changed.to()) {
      case QUARANTINED, FAILED, UNKILLABLE ->
          line(changed.to().toString(), Tone.BAD, changed.reason());
      case FINISHED -> line("finished", Tone.GOOD, changed.reason());
      case DOWN ->
          changed.from() == Phase.BACKOFF || changed.from() == Phase.QUARANTINED
              ? line("down", Tone.CALM, changed.reason())
              : Optional.empty();
      case LAUNCHING, RUNNING, STOPPING, KILLING, FINISHING, WAITING, BACKOFF -> Optional.empty();
    };
  }

  private static Optional<Line> line(String word, Tone tone, String detail) {
    return Optional.of(new Line(word, tone, detail));
  }

  private void print(Instant at, String who, Line line) {
    String word = String.format("%-11s", line.word);
    String shown =
        form == Arguments.Form.LIVE && !line.tone.colour.isEmpty()
            ? line.tone.colour + word + "\u001b[0m"
            : word;
    String text = String.format("%s  %-14s %s %s", TIME.format(at), who, shown, line.detail);
    out.accept(text.stripTrailing());
  }
}
