package org.jsupervisor.platform;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.InputSpec;

/**
 * The port between the engine and an operating system. A platform belongs to one engine at a time.
 *
 * <p>Thread: {@link #launch}, {@link #signal}, {@link #stop}, {@link #endInput}, {@link #retire},
 * {@link #retireInput} and {@link #poll} are called by one thread at a time, the one that drives
 * the engine; {@link #wakeUp}, {@link #supports}, {@link #number}, {@link #input}, {@link #facts},
 * {@link #selfTest}, {@link #capabilities}, {@link #answersProbes} and {@link #ticker} by any.
 * Order: reports of one incarnation come in causal order ({@code Launched} before everything else
 * of that run). Nothing here blocks but {@code poll} and {@code close}.
 *
 * <p>A process is started as the leader of a session and group of its own, with an empty signal
 * mask, default dispositions, the input of its spec as stdin, and no descriptor but those meant for
 * it.
 *
 * <p>A child that is fed has one pipe for all its runs. The platform makes it when it launches it,
 * or somebody who feeds it, for the first time, and keeps both ends open until {@link
 * #retireInput}: so nothing is lost between two runs, and nobody who feeds it is ended by that. The
 * bytes do not pass through the JVM.
 */
public interface Platform extends AutoCloseable {
  /** The timeout of a {@link #poll} that only a report or {@link #wakeUp} ends. */
  long FOREVER_NANOS = Long.MAX_VALUE;

  /** The clock that the engine goes by. */
  Ticker ticker();

  /**
   * Starts a process. Returns at once; {@code Launched} or {@code LaunchFailed} is reported later,
   * one of them exactly once. Launches are carried out in the order of the calls.
   */
  void launch(LaunchRequest request);

  /**
   * Sends a signal to the whole process group of a run. Nothing happens if the run has ended: never
   * is a signal sent to a pid that may be another's.
   *
   * @throws IllegalArgumentException if {@link #supports} is false for the signal
   */
  void signal(Incarnation incarnation, Signal signal);

  /**
   * As {@link #signal}, and from now on the run is meant to end: when its leader has ended, what is
   * left of its process group, and what else of the run can be found, is sent KILL, however
   * politely the leader was asked.
   *
   * @throws IllegalArgumentException if {@link #supports} is false for the signal
   */
  void stop(Incarnation incarnation, Signal signal);

  /**
   * As {@link #stop}, but what tells the run is the end of its input, which must be one that {@link
   * InputSpec#canBeEnded can be ended}. One that is fed sees the end when everybody who feeds it
   * has ended as well; its next launch, which may be of the next run, opens its pipe again. Nothing
   * happens if the run has ended.
   */
  void endInput(Incarnation incarnation);

  /**
   * The stdin of a run whose input is {@linkplain InputSpec.Written written}. Any thread. Empty if
   * it is another one, or if the run is not there.
   */
  default Optional<ChildInput> input(Incarnation incarnation) {
    return Optional.empty();
  }

  /**
   * No later launch will feed this child, or be of it while it is fed: its pipe is closed, and what
   * is in it is lost. Nothing happens if it has none.
   */
  void retireInput(ChildId consumer);

  /** Whether the operating system has this signal. */
  boolean supports(Signal signal);

  /**
   * The number that the operating system has for this signal; any thread. Empty if it has no such
   * signal, or if the platform does not know.
   */
  default OptionalInt number(Signal signal) {
    return OptionalInt.empty();
  }

  /**
   * What the process of a run uses at this moment. Any thread; on the thread of the caller, and
   * {@link ProcessFacts.Depth} says what it costs. Empty if the run has no process, or if the
   * platform does not know: never is it about another process that has the same pid by now.
   */
  default Optional<ProcessFacts> facts(Incarnation incarnation, ProcessFacts.Depth depth) {
    return Optional.empty();
  }

  /**
   * Tries on this host what the platform promises, with children of its own that are gone when it
   * returns. Any thread; blocks it for half a minute at most, mostly for a fraction of a second;
   * does not disturb what the platform runs.
   */
  default SelfTestReport selfTest() {
    return SelfTestReport.nothingToTest();
  }

  /**
   * What the platform can do on this host, and by what. Any thread; looks for tools on the disk,
   * and does not block otherwise. Empty if there is nothing to tell, as with a simulation.
   */
  default List<Capability> capabilities() {
    return List.of();
  }

  /**
   * Whether the platform itself answers for probes, with {@code Notified}, as a simulation does;
   * then the engine runs none. Default: it does not.
   */
  default boolean answersProbes() {
    return false;
  }

  /**
   * No later launch will use this sink: it is closed on its output thread when all its sources have
   * ended, at the latest when the platform is closed.
   */
  void retire(OutputSink sink);

  /**
   * Waits for something to report, then hands over all that there is, on the calling thread. Ends
   * early on {@link #wakeUp}, also on one that came before the call.
   *
   * @param timeoutNanosMax how long to wait at most; 0 not at all, {@link #FOREVER_NANOS} without
   *     limit
   * @param reports takes each report; must not call the platform
   */
  void poll(long timeoutNanosMax, Consumer<PlatformReport> reports);

  /** Ends a {@link #poll}, the current one or the next. Cheap, never blocks. */
  void wakeUp();

  /**
   * Ends the platform's threads and releases its descriptors within a bounded time. A process that
   * still lives is sent KILL to its group. Idempotent.
   */
  @Override
  void close();
}
