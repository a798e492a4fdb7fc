package org.jsupervisor.posix.internal.io;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.platform.Ticker;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.PipeEnds;
import org.jsupervisor.posix.internal.libc.PipeSizes;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.Incarnation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small, fixed number of pumps that read what children write, each with a thread that leads it,
 * and one more for each call of a sink that does not come back. A sink stays with one pump.
 */
public final class OutputThreads {
  private static final Logger LOG = LoggerFactory.getLogger(OutputThreads.class);

  // A sink that does not come back within it is left to itself.
  private static final Duration SINK_WAIT = Duration.ofSeconds(1);

  private final List<OutputPump> outputs = new ArrayList<>();
  private final Duration drainWait;
  private final Libc libc;
  private final LargePipes large;
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
    var sizes = new PipeSizes(libc);
    large = new LargePipes(limits.largePipes(), sizes::grow, sizes::shrink);
    watch = new SinkWatch(limits.standIns());
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

  private void start(OutputPump output) {
    try {
      var unused = started(output, output.name());
    } catch (RuntimeException | Error e) {
      // Releases what it has opened.
      var unused = output.sources().releaseAll(null, id -> false);
      throw e;
    }
    outputs.add(output);
  }

  /** A thread that does not keep the JVM. */
  static Thread started(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
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
    return register(pump, made.ends(), new OutputPipe(use, made, pump.context(), large));
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
    for (OutputPump output : outputs) {
      end(output);
    }
    watch.close();
    if (watching != null) {
      var unused = BoundedJoin.join(watching, SINK_WAIT);
    }
  }

  private void end(OutputPump output) {
    if (output.lead().awaitOver(drainWait.plus(SINK_WAIT))) {
      return;
    }
    output.interruptSinks();
    if (!output.lead().awaitOver(SINK_WAIT)) {
      LOG.warn("{} is left behind: {} does not come back", output.name(), output.stuck());
    }
  }
}
