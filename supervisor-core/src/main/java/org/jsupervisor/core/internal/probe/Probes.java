package org.jsupervisor.core.internal.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * Asks the children that do not say themselves when they are ready. What is found out comes back as
 * an input of the run that was asked, and counts for that run only. A line of output is looked for
 * where output is taken, by {@link LineSearch}.
 *
 * <p>Confined to the engine, but for {@link #answers}.
 */
public final class Probes {
  private final boolean theirs;
  private final Answers answers;
  private final ProbeThreads threads;
  private final CommandProbes commands;
  private final List<Input> found = new ArrayList<>();

  /** For a tree of this name; no thread is started before there is something to ask. */
  public Probes(String tree, Platform platform, int threadsMax) {
    this.theirs = platform.answersProbes();
    this.answers = new Answers(platform::wakeUp);
    this.threads = new ProbeThreads(tree, threadsMax, answers);
    this.commands = new CommandProbes(platform, answers);
  }

  /** Takes what is found out elsewhere; its methods are for any thread. */
  public Answers answers() {
    return answers;
  }

  /** Asks from now on, until {@link #end}. */
  public void begin(Incarnation run, ProcessSpec spec) {
    if (theirs) {
      return;
    }
    switch (((ReadinessSpec.Probed) spec.readiness()).probe().kind()) {
      case TCP, UNIX_SOCKET, HTTP, FILE -> threads.begin(run, spec);
      case COMMAND -> commands.begin(run, spec);
      case LOG_LINE -> {}
    }
  }

  /** Asks no more; nothing happens if it did not. */
  public void end(Incarnation run) {
    threads.end(run);
    commands.end(run);
  }

  /** Whether a report is about a probe, which takes it then. Within a poll. */
  public boolean takes(PlatformReport report) {
    boolean ours = CommandProbes.isCommand(report.incarnation());
    if (ours) {
      commands.keep(report);
    }
    return ours;
  }

  /**
   * Before a poll: what is known so far. It is to be handled after what that poll brings: nothing
   * is found out about a run before its launch was reported, but maybe before that is heard of.
   */
  public void collect() {
    answers.take(run -> found.add(new Input.Notified(run)));
  }

  /** How long a poll may wait, at most {@code waitMax}. */
  public long waitNanos(long nowNanos, long waitMax) {
    return found.isEmpty() ? commands.waitNanos(nowNanos, waitMax) : 0;
  }

  /** After a poll: hands over what was collected, and does what is due. */
  public void work(Consumer<? super Input> taker) {
    found.forEach(taker);
    found.clear();
    commands.work();
  }

  /** Asks nobody any more. Commands that are under way end with the platform. */
  public void close() {
    threads.close();
  }
}
