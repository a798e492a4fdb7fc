package org.jsupervisor.core.internal.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;

/**
 * Commands that are under way for children: each is launched, may be killed, and is heard of once
 * when it is over. Their incarnations are not those of runs. Confined to the engine.
 */
public final class Commands {
  private final Platform platform;
  private final Map<Incarnation, Command> underWay = new HashMap<>();
  private final List<PlatformReport> reports = new ArrayList<>();

  /** A command that is launched or under way. */
  private static final class Command {
    private final Consumer<ExitStatus> over;
    private boolean launched;
    private boolean killed;

    Command(Consumer<ExitStatus> over) {
      this.over = over;
    }
  }

  /** None yet. */
  public Commands(Platform platform) {
    this.platform = platform;
  }

  /** Starts one. {@code over} is told how it ended, or that it never started; once. */
  public void launch(LaunchRequest request, Consumer<ExitStatus> over) {
    underWay.put(request.incarnation(), new Command(over));
    platform.launch(request);
  }

  /**
   * Sends KILL to its group, once; if it is not there yet, as soon as it is. Nothing happens if it
   * is over.
   */
  public void kill(Incarnation command) {
    Command known = underWay.get(command);
    if (known != null && !known.killed) {
      known.killed = true;
      if (known.launched) {
        platform.stop(command, Signal.KILL);
      }
    }
  }

  /** To be handled by {@link #work}: within a poll the platform must not be called. */
  public void keep(PlatformReport report) {
    reports.add(report);
  }

  /** Whether a report is to be handled. */
  public boolean hasReports() {
    return !reports.isEmpty();
  }

  /** Handles what was kept. Those that are not about the life of a command are handed over. */
  public void work(Consumer<PlatformReport> rest) {
    List<PlatformReport> taken = List.copyOf(reports);
    reports.clear();
    for (PlatformReport report : taken) {
      if (!hears(report)) {
        rest.accept(report);
      }
    }
  }

  private boolean hears(PlatformReport report) {
    if (report instanceof PlatformReport.Launched) {
      launched(report.incarnation());
    } else if (report instanceof PlatformReport.LaunchFailed failed) {
      over(report.incarnation(), new ExitStatus.NeverStarted(failed.failure()));
    } else if (report instanceof PlatformReport.Exited exited) {
      over(report.incarnation(), exited.status());
    } else {
      return false;
    }
    return true;
  }

  private void launched(Incarnation incarnation) {
    Command command = underWay.get(incarnation);
    if (command != null) {
      command.launched = true;
      if (command.killed) {
        platform.stop(incarnation, Signal.KILL);
      }
    }
  }

  private void over(Incarnation incarnation, ExitStatus status) {
    Command command = underWay.remove(incarnation);
    if (command != null) {
      command.over.accept(status);
    }
  }
}
