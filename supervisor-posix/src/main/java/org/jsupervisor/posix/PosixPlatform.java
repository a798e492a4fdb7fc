package org.jsupervisor.posix;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.Requirements;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.posix.internal.proc.FactsReader;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.Leftovers;

/**
 * Real processes on 64-bit Linux (glibc 2.34 or later; kernel 5.3 or later, unless each child is to
 * have a thread, see {@link ExitDetection}).
 *
 * <pre>{@code
 * try (PosixPlatform platform = PosixPlatform.open()) {
 *   platform.launch(request);
 *   platform.poll(Platform.FOREVER_NANOS, report -> ...);
 * }
 * }</pre>
 *
 * <p>Thread: as {@link Platform} says. The platform itself has one thread that spawns and {@link
 * PosixOptions#outputThreads} that read output, and one that searches for leftovers, all of them
 * there from the beginning and daemons; none for each child, except where the kernel gives no pidfd
 * ({@link ExitDetection}). The end of children is noticed in {@link #poll}, on the caller's thread.
 * It wakes up for nothing else. A child that is stopped, or goes on, is no event: no pidfd tells
 * it. {@link #facts} does.
 *
 * <p>A host that is process 1 gets a warning in the log: it inherits orphans, and they are not
 * waited for. A zombie is never taken for a live process.
 *
 * <p>The host's own children are left alone: no signal handler is installed, and only the
 * platform's own children are waited for, each by its pid. The one thing that is changed in the
 * host: if it was started with SIGCHLD ignored, SIGCHLD gets its default, as at the first use of
 * {@link ProcessBuilder}; otherwise no exit status could be had.
 *
 * <p><b>Groups and leftovers.</b> A signal goes to the child's whole group. When a child has ended,
 * what is left of its group is sent KILL. What it has left behind in other groups and sessions is
 * searched for, by its session and by a token that every child has in its environment ({@code
 * JSUPERVISOR_RUN}, also in an empty one), and killed, before the end is reported, so that the next
 * run does not find the last one's port taken; the end is held back no longer than {@link
 * PosixOptions#leftoverWait}. Only if its spec says {@link Leftovers#KEPT}, and it has not been
 * told to end by {@link #stop}, what it leaves behind is left alone, and counted. A descendant that
 * has left the session <em>and</em> dropped the token is out of reach.
 *
 * <p><b>Host death.</b> Before the first child that needs it a process is started that waits for
 * the end of this JVM, whatever ends it: a shell in a session of its own, one for each platform. It
 * kills the children that are to die, and reads the output of those that survive, by way of FIFOs
 * in {@link PosixOptions#runtimeDirectory}. If it is killed it is replaced; if there can be none,
 * such launches fail as the host's fault.
 *
 * <p><b>Output.</b> Stdout and stderr are one pipe, read as long as anybody holds it, so a
 * grandchild that is kept, or out of reach, may write after the child has ended. The sinks are
 * shared out to the output threads. One that does not come back from a call for 100 ms (1 s if it
 * is the first call of its thread, for which classes are loaded) loses its thread's other work to a
 * stand-in, and delays its own children only; while {@link PosixOptions#STAND_INS_MAX} sinks have
 * not come back, one more delays the others of its thread, until one of them all comes back. While
 * sinks are called one more thread looks after them, ten times a second; otherwise it sleeps.
 *
 * <p><b>Input.</b> A child that is fed has one pipe for all its runs, of the size that the system
 * gives (64 KiB); the platform holds both ends, and gives each run an open file of its own, by way
 * of {@code /proc/self/fd}. One that the host writes to has a pipe for each run. All are closed at
 * exec, and no other child gets any of them.
 *
 * <p><b>Notification.</b> A child that is ready when it says so on a socket, or has a watchdog,
 * finds the address in {@code NOTIFY_SOCKET}: an abstract socket of its own, in the host's network
 * namespace. Only processes of the child's session are believed, and a process that has ended
 * meanwhile if it had the child's user. Descriptors that are sent along are closed.
 *
 * <p><b>Start.</b> A program without a slash is looked up in the child's {@code PATH}; a relative
 * path, also one in {@code PATH}, starts from the child's directory. Texts reach the program in the
 * encoding of the host's file names, as UTF-8 if that is ASCII.
 *
 * <p><b>Launch steps</b> are done by the host itself or by tools that it has: those of util-linux
 * and coreutils, or of s6, runit, daemontools or perp, looked for in the {@code PATH} of {@link
 * PosixOptions#hostEnvironment} and the standard directories. A step for which there is no tool, or
 * no right, is a failure of the launch; nothing has been started then. A tool that fails ends the
 * run with its own exit code, mostly 1, 111, 125, 126 or 127, and the program is not run.
 *
 * <p>On JDK 24 and later native access must be granted: {@code --enable-native-access=ALL-UNNAMED},
 * or {@code org.jnrproject.jffi} on the module path.
 */
public final class PosixPlatform implements Platform {
  private final PosixOptions options;
  private final SignalNumbers signals;
  private final PlatformParts parts;
  private final FactsReader facts;
  // Only the engine's thread closes and calls what must not be called afterwards.
  private boolean closed;

  private PosixPlatform(Libc libc, PosixOptions options) throws SyscallException {
    this.options = options;
    signals = SignalNumbers.of(libc);
    parts = PlatformParts.open(libc, options, signals);
    facts = new FactsReader(libc, parts.reaper().pids());
  }

  /** A platform with {@link PosixOptions#defaults}; see {@link #open(PosixOptions)}. */
  public static PosixPlatform open() {
    return open(PosixOptions.defaults());
  }

  /**
   * A platform. Several may be open in one JVM.
   *
   * @throws UnsupportedOperationException if this is not a 64-bit Linux, or if it, the C library or
   *     jffi lack something: the message says what
   * @throws IllegalStateException if the host has no descriptors or memory left
   */
  public static PosixPlatform open(PosixOptions options) {
    HostCheck.requireLinux(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    HostCheck.stopIgnoringChildren();
    Libc libc = Libc.load();
    HostCheck.warn(libc.pid());
    try {
      Requirements.check(libc);
      return new PosixPlatform(libc, options);
    } catch (SyscallException e) {
      throw new IllegalStateException("the platform cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public Ticker ticker() {
    return options.ticker();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the platform is closed, or if a run of that name is ordered or
   *     lives already: a platform serves one engine, which uses each name once
   */
  @Override
  public void launch(LaunchRequest request) {
    requireOpen();
    parts.reaper().expect(request.incarnation());
    for (OutputSink sink : request.output().sinks()) {
      parts.outputs().hold(sink);
    }
    parts.spawner().order(request);
  }

  /** {@inheritDoc} Nothing happens either before {@code Launched} has been handed over. */
  @Override
  public void signal(Incarnation incarnation, Signal signal) {
    requireSupported(incarnation, signal);
    if (!closed) {
      parts.reaper().signal(incarnation, signal);
    }
  }

  /** {@inheritDoc} Nothing happens either before {@code Launched} has been handed over. */
  @Override
  public void stop(Incarnation incarnation, Signal signal) {
    requireSupported(incarnation, signal);
    if (!closed) {
      parts.reaper().stop(incarnation, signal);
    }
  }

  /** {@inheritDoc} Nothing happens either before {@code Launched} has been handed over. */
  @Override
  public void endInput(Incarnation incarnation) {
    if (!closed && parts.reaper().tellToEnd(incarnation)) {
      parts.inputs().end(incarnation);
    }
  }

  @Override
  public Optional<ChildInput> input(Incarnation incarnation) {
    return parts.inputs().find(incarnation);
  }

  @Override
  public void retireInput(ChildId consumer) {
    if (!closed) {
      parts.inputs().fed().retire(consumer);
    }
  }

  private void requireSupported(Incarnation incarnation, Signal signal) {
    if (!supports(signal)) {
      throw new IllegalArgumentException(
          incarnation + ": signal " + signal + ": this Linux has no such signal");
    }
  }

  @Override
  public boolean supports(Signal signal) {
    return number(signal).isPresent();
  }

  @Override
  public OptionalInt number(Signal signal) {
    return signals.number(signal);
  }

  /** {@inheritDoc} From {@code /proc}; empty also if that does not show the child to the host. */
  @Override
  public Optional<ProcessFacts> facts(Incarnation incarnation, ProcessFacts.Depth depth) {
    return facts.read(incarnation, depth);
  }

  /** {@inheritDoc} As {@link PosixSelfTest#run} with these options. */
  @Override
  public SelfTestReport selfTest() {
    return PosixSelfTest.run(options);
  }

  /** {@inheritDoc} How ends are noticed, and which tool of this host does which launch step. */
  @Override
  public List<Capability> capabilities() {
    return HostCapabilities.of(parts.watch(), options);
  }

  @Override
  public void retire(OutputSink sink) {
    if (!closed) {
      parts.outputs().retire(sink);
    }
  }

  /**
   * {@inheritDoc} May end early without a report.
   *
   * @throws IllegalStateException if the platform is closed
   */
  @Override
  public void poll(long timeoutNanosMax, Consumer<PlatformReport> reports) {
    requireOpen();
    parts
        .reaper()
        .poll(
            timeoutNanosMax,
            report -> {
              if (report instanceof PlatformReport.Exited
                  || report instanceof PlatformReport.LaunchFailed) {
                parts.outputs().ended(report.incarnation());
                parts.inputs().written().forget(report.incarnation());
              }
              reports.accept(report);
            });
    if (parts.aftermath().survival().guard().isLost()) {
      parts.spawner().orderGuard();
    }
  }

  /** {@inheritDoc} Harmless after {@link #close}. */
  @Override
  public void wakeUp() {
    parts.watch().wakeUp();
  }

  /**
   * {@inheritDoc} What happens meanwhile is not reported; all sinks that were launched with are
   * closed. Launches that wait are forgotten.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    parts.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the platform is closed");
    }
  }
}
