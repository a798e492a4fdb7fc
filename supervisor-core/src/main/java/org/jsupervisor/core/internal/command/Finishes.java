package org.jsupervisor.core.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jsupervisor.core.internal.model.Effect;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Runs what is to be run after runs. How long that may take, and what follows, is decided by the
 * model, which hears of its end as an input of the run. Confined to the engine.
 */
final class Finishes {
  private final Platform platform;
  private final Commands commands;
  private final List<Input> found = new ArrayList<>();

  /** None yet. */
  Finishes(Platform platform) {
    this.platform = platform;
    this.commands = new Commands(platform);
  }

  /** Starts what follows a run; its output goes there. */
  void begin(Effect.Finish order, OutputTarget output) {
    Incarnation run = order.incarnation();
    commands.launch(
        new LaunchRequest(run.finish(), spec(order), output),
        status -> found.add(new Input.FinishEnded(run, status)));
  }

  private ProcessSpec spec(Effect.Finish order) {
    FinishSpec finish = order.spec().finish().orElseThrow();
    String name = order.incarnation().child().name();
    List<String> argv = new ArrayList<>(finish.command().argv());
    argv.addAll(
        new ExitWords(order.exit().status(), name, order.pid(), platform::number)
            .in(finish.style()));
    ProcessSpec spec = CommandSpecs.after(order.spec(), new Command(argv));
    return finish.style() == FinishSpec.Style.SYSTEMD ? told(spec, order, finish) : spec;
  }

  private static ProcessSpec told(ProcessSpec spec, Effect.Finish order, FinishSpec finish) {
    ProcessSpec.Builder builder = spec.toBuilder();
    new ExitVariables(order.exit(), finish.clean(), order.spec().stop())
        .all()
        .forEach(builder::addVariable);
    return builder.build();
  }

  /** Kills what follows this run; nothing happens if it is over. */
  void kill(Incarnation run) {
    commands.kill(run.finish());
  }

  /** To be handled by {@link #work}: within a poll the platform must not be called. */
  void keep(PlatformReport report) {
    commands.keep(report);
  }

  /** After a poll: hands over what has come of it. */
  void work(Consumer<? super Input> taker) {
    commands.work(this::hearAside);
    found.forEach(taker);
    found.clear();
  }

  /** What it leaves behind and what of its output is lost is told as that of the run. */
  private void hearAside(PlatformReport report) {
    Incarnation run = report.incarnation().run();
    if (report instanceof PlatformReport.OutputLost lost) {
      found.add(new Input.OutputLost(run, lost.bytes(), lost.why()));
    } else if (report instanceof PlatformReport.LeftBehind left) {
      found.add(new Input.LeftBehind(run, left.count(), left.leftovers()));
    }
  }
}
