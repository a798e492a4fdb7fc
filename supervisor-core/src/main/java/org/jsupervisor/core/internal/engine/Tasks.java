package org.jsupervisor.core.internal.engine;

import java.util.function.Consumer;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.TaskPlatform;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.TaskSpec;

/** Who runs tasks. Called by the engine only; waits for nothing. */
interface Tasks {
  /** The platform if it does that, else threads. */
  static Tasks of(String tree, Platform platform) {
    return platform instanceof TaskPlatform itself
        ? new OnPlatform(itself)
        : new TaskRunner(tree, platform::wakeUp);
  }

  /** One of {@code TaskStarted} and {@code LaunchFailed} is reported, always. */
  void start(Incarnation incarnation, TaskSpec spec);

  /** Asks a run to end; nothing happens if it has. */
  void interrupt(Incarnation incarnation);

  /** Hands over what is to be reported. */
  void take(Consumer<? super Input> taker);

  /** The tree is over: what still runs is interrupted, and nobody hears of it any more. */
  void close();

  /** What the platform reports comes with its other reports, and it is closed by the engine. */
  record OnPlatform(TaskPlatform platform) implements Tasks {
    @Override
    public void start(Incarnation incarnation, TaskSpec spec) {
      platform.launchTask(incarnation, spec);
    }

    @Override
    public void interrupt(Incarnation incarnation) {
      platform.interrupt(incarnation);
    }

    @Override
    public void take(Consumer<? super Input> taker) {}

    @Override
    public void close() {}
  }
}
