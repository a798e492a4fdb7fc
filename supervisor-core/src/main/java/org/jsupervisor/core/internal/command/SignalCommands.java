package org.jsupervisor.core.internal.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.core.internal.model.SignalOrder;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SignalPrograms;

/**
 * Runs what is run instead of signals, each within its limit. What follows is decided by the model,
 * which hears of each once, as an input of the run; of one that it has killed it hears nothing.
 * Confined to the engine; owns no clock.
 */
final class SignalCommands {
  private final Platform platform;
  private final Commands commands;
  private final Map<SignalOrder, UnderWay> underWay = new LinkedHashMap<>();
  private final List<Input> found = new ArrayList<>();
  private long last;

  /** A command that the model waits for. */
  private record UnderWay(Incarnation itself, long dueNanos) {}

  SignalCommands(Platform platform) {
    this.platform = platform;
    this.commands = new Commands(platform);
  }

  /** Starts one; {@code output} says where the output of its incarnation goes. */
  void begin(Effect.RunSignalProgram effect, Function<Incarnation, OutputTarget> output) {
    SignalOrder order = effect.order();
    Incarnation itself = order.run().signalProgram(++last);
    long limit = effect.spec().signalPrograms().limit().toNanos();
    underWay.put(order, new UnderWay(itself, platform.ticker().readNanos() + limit));
    commands.launch(
        new LaunchRequest(itself, spec(effect), output.apply(itself)),
        status -> over(order, Optional.of(status)));
  }

  private static ProcessSpec spec(Effect.RunSignalProgram effect) {
    ProcessSpec child = effect.spec();
    return CommandSpecs.instead(
            child, child.signalPrograms().instead(effect.order().signal()).orElseThrow())
        .addVariable(SignalPrograms.PID_VARIABLE, effect.pid().toString())
        .build();
  }

  /** Kills one that nobody waits for any more. */
  void kill(SignalOrder order) {
    UnderWay killed = underWay.remove(order);
    if (killed != null) {
      commands.kill(killed.itself);
    }
  }

  private void over(SignalOrder order, Optional<ExitStatus> status) {
    if (underWay.remove(order) != null) {
      found.add(new Input.SignalProgramEnded(order, status));
    }
  }

  /** To be handled by {@link #work}: within a poll the platform must not be called. */
  void keep(PlatformReport report) {
    commands.keep(report);
  }

  /** How long until a limit is over, at most {@code waitMax}. */
  long waitNanos(long nowNanos, long waitMax) {
    long wait = waitMax;
    for (UnderWay each : underWay.values()) {
      wait = Math.max(0, Math.min(wait, each.dueNanos - nowNanos));
    }
    return wait;
  }

  /** After a poll: ends what is due, and hands over what has come of all. */
  void work(Consumer<? super Input> taker) {
    commands.work(this::hearAside);
    endDue();
    found.forEach(taker);
    found.clear();
  }

  private void endDue() {
    if (underWay.isEmpty()) {
      return;
    }
    long now = platform.ticker().readNanos();
    underWay.entrySet().stream()
        .filter(entry -> entry.getValue().dueNanos - now <= 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            order -> {
              kill(order);
              found.add(new Input.SignalProgramEnded(order, Optional.empty()));
            });
  }

  /** What it leaves behind and what of its output is lost is told as its own. */
  private void hearAside(PlatformReport report) {
    Incarnation itself = report.incarnation();
    if (report instanceof PlatformReport.OutputLost lost) {
      found.add(new Input.OutputLost(itself, lost.bytes(), lost.why()));
    } else if (report instanceof PlatformReport.LeftBehind left) {
      found.add(new Input.LeftBehind(itself, left.count(), left.leftovers()));
    }
  }
}
