package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.Incarnation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small, fixed number of pumps that read what children write, each with a thread, and with
 * stand-ins for it while sinks do not come back. A sink stays with one pump.
 */
public final class OutputThreads {
  private static final Logger LOG = LoggerFactory.getLogger(OutputThreads.class);

  // A sink that does not come back within it is left to itself.
  private static final Duration SINK_WAIT = Duration.ofSeconds(1);

  // A thread that has stood in waits so long for the next time.
  private static final Duration STAND_IN_IDLE = Duration.ofSeconds(10);

  private final List<OutputPump> outputs = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Duration drainWait;
  private final Libc libc;
  private final ThreadPoolExecutor standIns;
  private final SinkWatch watch;
  private @Nullable Thread watching;
  private final Map<Incarnation, ChildSocket> open = new ConcurrentHashMap<>();
  // Confined to the spawner.
  private @Nullable NotifySockets sockets;

  /**
   * Starts the threads.
   *
   * @param reports takes reports on these threads, never blocks
   */
  public OutputThreads(
      Libc libc, OutputLimits limits, Ticker ticker, Consumer<PlatformReport> reports)
      throws SyscallException {
    drainWait = limits.drainWait();
    this.libc = libc;
    standIns = standIns(limits.standIns());
    watch = new SinkWatch(standIns);
    try {
      for (int n = 1; n <= limits.threads(); n++) {
        var context = new OutputContext(libc, limits, ticker, reports);
        start(new OutputPump("supervisor-output-" + n, libc, context, watch));
      }
      watch.watch(List.copyOf(outputs));
      watching = started(watch, "supervisor-output-watch");
    } catch (SyscallException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Threads that end when they have not been needed for a while. */
  private static ThreadPoolExecutor standIns(int max) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        max,
        STAND_IN_IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        task -> daemon(task, "supervisor-output-stand-in-" + number.incrementAndGet()));
  }

  private void start(OutputPump output) {
    try {
      threads.add(started(output, output.name()));
    } catch (RuntimeException | Error e) {
      // Releases what it has opened.
      var unused = output.sources().releaseAll(null, id -> false);
      throw e;
    }
    outputs.add(output);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static Thread started(Runnable task, String name) {
    Thread thread = daemon(task, name);
    thread.start();
    return thread;
  }

  /** A launch that will use the sink has been ordered. */
  public void hold(OutputSink sink) {
    threadOf(sink).hold(sink);
  }

  /** That launch has failed. */
  public void release(OutputSink sink) {
    threadOf(sink).release(sink);
  }

  /** No later launch will be ordered with the sink. */
  public void retire(OutputSink sink) {
    threadOf(sink).retire(sink);
  }

  /** The pipes of a run whose sinks are held. */
  public OutputPipes output(LaunchRequest request) {
    return new OutputPipes(request.incarnation(), request.output().sinks().size(), this);
  }

  ChildPipe openOutput(OutputPipes run, OutputSource source, OutputSink sink, PipeMaker maker)
      throws SyscallException {
    OutputPump pump = threadOf(sink);
    PipeMaker.Made made = maker.make();
    OutputPipe.Use use = new OutputPipe.Use(run, source, sink);
    return register(pump, made.ends(), new OutputPipe(use, made, pump.context()));
  }

  /** A pipe on which a newline means that the child is ready. */
  public ChildPipe openNotification(Incarnation incarnation, PipeMaker maker)
      throws SyscallException {
    OutputPump pump = outputs.get(0);
    PipeEnds ends = maker.make().ends();
    return register(pump, ends, new NotificationPipe(incarnation, ends.readEnd(), pump.context()));
  }

  private ChildPipe register(OutputPump pump, PipeEnds ends, PipeSource source)
      throws SyscallException {
    try {
      return new ChildPipe(pump.sources(), pump.sources().register(source), libc, ends.writeEnd());
    } catch (SyscallException | OutputStoppedException e) {
      libc.close(ends.writeEnd());
      throw e;
    }
  }

  /**
   * A socket on which a run tells of itself. Loads what is needed for it at the first call: to be
   * called by one thread at a time.
   *
   * @throws UnsupportedOperationException if that cannot be loaded
   */
  public ChildSocket openSocket(NotifyTerms terms) throws SyscallException {
    NotifySockets shared = sockets;
    if (shared == null) {
      shared = new NotifySockets(libc);
      sockets = shared;
    }
    OutputPump pump = outputs.get(0);
    NotifySockets.Open made = shared.open();
    NotifySocket socket = new NotifySocket(made.descriptor(), terms, shared, pump.context());
    ChildSocket result =
        new ChildSocket(pump.sources(), pump.sources().register(socket), socket, made.name());
    open.put(terms.incarnation(), result);
    return result;
  }

  /** This run is over, or never was; any thread. */
  public void ended(Incarnation incarnation) {
    ChildSocket socket = open.remove(incarnation);
    if (socket != null) {
      socket.end();
    }
  }

  private OutputPump threadOf(OutputSink sink) {
    return outputs.get(Math.floorMod(System.identityHashCode(sink), outputs.size()));
  }

  /**
   * Reads on until all pipes have ended, at most for the drain wait; closes the sinks; ends the
   * threads. A sink that blocks is interrupted; if it goes on blocking, its thread and its pipe are
   * left to it, and it is closed when it comes back.
   */
  public void close() {
    for (OutputPump output : outputs) {
      if (output.finish(drainWait.toNanos())) {
        // It has failed: the sinks are strangers that may block, so not on the closer's thread.
        started(output, output.name());
      }
    }
    for (int n = 0; n < outputs.size(); n++) {
      if (isOver(outputs.get(n), drainWait)) {
        var unused = BoundedJoin.join(threads.get(n), SINK_WAIT);
      }
    }
    standIns.shutdown();
    watch.close();
    if (watching != null) {
      var unused = BoundedJoin.join(watching, SINK_WAIT);
    }
  }

  private static boolean isOver(OutputPump output, Duration drainWait) {
    if (output.awaitOver(drainWait.plus(SINK_WAIT))) {
      return true;
    }
    output.interruptSinks();
    boolean isOver = output.awaitOver(SINK_WAIT);
    if (!isOver) {
      LOG.warn("{} is left behind: {} does not come back", output.name(), output.stuck());
    }
    return isOver;
  }
}
