package org.jsupervisor.core.internal.command;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;

/**
 * The commands that the model orders for children: what is run after runs, and what is run instead
 * of signals. Confined to the engine.
 */
public final class ChildCommands {
  private final Finishes finishes;
  private final SignalCommands signals;

  /** None yet. */
  public ChildCommands(Platform platform) {
    this.finishes = new Finishes(platform);
    this.signals = new SignalCommands(platform);
  }

  /** Starts what follows a run; its output goes there. */
  public void begin(Effect.Finish order, OutputTarget output) {
    finishes.begin(order, output);
  }

  /** Kills what follows a run; nothing happens if it is over. */
  public void kill(Effect.KillFinish order) {
    finishes.kill(order.incarnation());
  }

  /** Starts what is run instead of a signal; {@code output} says where its output goes. */
  public void begin(Effect.RunSignalProgram order, Function<Incarnation, OutputTarget> output) {
    signals.begin(order, output);
  }

  /** Kills what is run instead of a signal; nothing happens if it is over. */
  public void kill(Effect.KillSignalProgram order) {
    signals.kill(order.order());
  }

  /** Whether a report is about one of them, which takes it then. Within a poll. */
  public boolean takes(PlatformReport report) {
    if (report.incarnation().isFinish()) {
      finishes.keep(report);
      return true;
    }
    if (report.incarnation().isSignalProgram()) {
      signals.keep(report);
      return true;
    }
    return false;
  }

  /** How long a poll may wait, at most {@code waitMax}. */
  public long waitNanos(long nowNanos, long waitMax) {
    return signals.waitNanos(nowNanos, waitMax);
  }

  /** After a poll: hands over what has come of it, and does what is due. */
  public void work(Consumer<? super Input> taker) {
    finishes.work(taker);
    signals.work(taker);
  }
}
