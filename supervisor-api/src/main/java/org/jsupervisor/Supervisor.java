package org.jsupervisor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.output.LoggedLine;
import org.jsupervisor.output.RecentOutput;
import org.jsupervisor.process.Capability;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ChildInput;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.ProcessFacts;
import org.jsupervisor.process.SelfTestReport;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.snapshot.EngineSnapshot;
import org.jsupervisor.snapshot.Explanation;
import org.jsupervisor.snapshot.TreeSnapshot;
import org.jsupervisor.spec.ChildSpec;

/**
 * The handle of a running tree. Thread-safe; nothing here blocks but {@link #close}, {@link
 * #selfTest}, and {@link #startInstance} for as long as the template takes.
 *
 * <p>An operation is queued, and its stage completes when the thing is <em>done</em>, not when it
 * was accepted: {@code up} when the child is ready, {@code down} when it is really dead. Otherwise
 * the stage completes exceptionally with an {@link OperationRefusedException} that names the {@link
 * Refusal}. Operations of one thread are carried out in the order of the calls. Stages complete on
 * the supervisor's notifier thread: do not block it in a dependent action.
 *
 * <p>Each operation on a child takes a {@link Request}, which says who asks and why; without one it
 * is {@link Request#UNNAMED}. A request that expects another generation than the child has when its
 * turn comes is refused with {@code STALE}, and nothing is done.
 *
 * <p>Reading ({@link #snapshot}, {@link #child}) is wait-free and may be done as often as wanted.
 *
 * <p>Longer than other files: everything that can be asked of a tree is in this one place.
 */
public interface Supervisor extends AutoCloseable {
  /** The most lines of {@link #loggedLines}. */
  int LOGGED_LINES_MAX = 1000;

  /** How many bytes of a line {@link #loggedLines} reads. */
  int LOGGED_LINE_BYTES_MAX = 4096;

  /** The most events of {@link #recentEvents}. */
  int RECENT_EVENTS_MAX = 10_000;

  /** The name of the root supervisor. */
  String name();

  /** The whole tree as it is now. */
  TreeSnapshot snapshot();

  /** One child as it is now; empty if there is none with this id. */
  Optional<ChildSnapshot> child(ChildId id);

  /**
   * Why a child is not running, or not ready; or that all is well. Wait-free and of one moment, as
   * {@link #child}, but it may look at all children of the tree. {@link ChildId#ROOT} asks about
   * the tree. Empty if there is no such child.
   */
  Optional<Explanation> explain(ChildId id);

  /**
   * What a child was last defined as, with its address as its id. It may hold secrets: a command
   * and an environment. Wait-free. Empty if there is no such child.
   */
  default Optional<ChildSpec> spec(ChildId id) {
    return Optional.empty();
  }

  /** What the engine has counted of itself, and what waits in it. Wait-free. */
  default Optional<EngineSnapshot> engine() {
    return Optional.empty();
  }

  /**
   * The newest events, the oldest of them first; fewer if fewer are kept. Wait-free. What is being
   * overwritten meanwhile is left out.
   *
   * @param most how many at most, 1 to {@value #RECENT_EVENTS_MAX}
   */
  default List<PublishedEvent> recentEvents(int most) {
    return List.of();
  }

  /**
   * What the platform can do on this host, and by what. On the calling thread; looks for tools on
   * the disk, and does not block otherwise.
   */
  default List<Capability> capabilities() {
    return List.of();
  }

  /**
   * What the process of a child uses at this moment. It is read on the calling thread, from the
   * operating system; {@link ProcessFacts.Depth} says what it costs. Empty if the child has no
   * process, and if the platform does not know.
   */
  default Optional<ProcessFacts> facts(ChildId id, ProcessFacts.Depth depth) {
    return Optional.empty();
  }

  /**
   * How the places are where the output of a child is kept, in the order of its specification; what
   * nothing was written to yet is among them. Wait-free, on the calling thread. Empty if its output
   * is kept nowhere, if it is no process, and if there is no such child.
   */
  default List<DestinationSnapshot> destinations(ChildId id) {
    return List.of();
  }

  /**
   * The last lines that a child has written, whichever run, the oldest first: what its {@link
   * org.jsupervisor.output.RecentOutput} keeps. On the calling thread, which may wait for the
   * writing of a line. Empty if it has none, and before its first run.
   */
  default List<RecentOutput.RecentLine> recentOutput(ChildId id) {
    return List.of();
  }

  /**
   * The last lines that one run has written, the oldest first, for a report of its end: those of
   * {@link #recentOutput} that are its own. What was in the pipe when it ended may be read a moment
   * after {@code Ended} is told.
   */
  default List<RecentOutput.RecentLine> lastLines(Incarnation run) {
    return recentOutput(run.child()).stream()
        .filter(line -> line.source().incarnation().equals(run))
        .toList();
  }

  /**
   * The last lines in the log directories of a child, the oldest first, whichever run has written
   * them; also before its first run. Lines of several directories are merged by time; of a long
   * line the first {@value #LOGGED_LINE_BYTES_MAX} bytes are read, and a line that is not finished
   * yet is the last. Files are read by threads of the tree's own, two at most, that are there only
   * meanwhile; on one of these the stage completes. There are no lines if the child has no log
   * directory, and if there is no such child. A damaged file is passed over, and a line that begins
   * with {@code supervisor:} tells that in its place.
   *
   * <p>Completes exceptionally with an {@link java.io.IOException} if a directory cannot be read,
   * with an {@link OperationRefusedException} ({@code OVERLOADED}) if too many wait for theirs.
   *
   * @param most how many at most, 1 to {@value #LOGGED_LINES_MAX}
   */
  default CompletionStage<List<LoggedLine>> loggedLines(ChildId id, int most) {
    return CompletableFuture.completedStage(List.of());
  }

  /**
   * The stdin of the run that a child has at this moment, for the host to write; any thread. It
   * leads to that run only: the next run's is asked for anew. Empty if the child has no process,
   * and if its input is not {@linkplain org.jsupervisor.spec.InputSpec.Written written}.
   */
  default Optional<ChildInput> input(ChildId id) {
    return Optional.empty();
  }

  /**
   * Tries on this host what the platform promises of children: that they start clean, and that they
   * can be ended. With children of its own, which are gone when it returns and do not show in the
   * tree. Blocks the calling thread for half a minute at most, mostly for a fraction of a second.
   * Empty if the platform has nothing to try.
   */
  default SelfTestReport selfTest() {
    return SelfTestReport.nothingToTest();
  }

  /**
   * Wants a child up. From back-off or quarantine it is started at once, its restarts forgiven; but
   * not before the siblings that it depends on are there ({@link #explain} says which is missing).
   * Done when it is ready, or has finished its work. Refused with {@code GAVE_UP} if it uses up its
   * restarts first, {@code SUPERSEDED} if something else is wanted meanwhile.
   */
  CompletionStage<ChildSnapshot> up(ChildId id, Request request);

  /** {@link #up(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> up(ChildId id) {
    return up(id, Request.UNNAMED);
  }

  /**
   * Wants a child down, and stops it by its ladder. Done when there is no process. Refused with
   * {@code UNKILLABLE} if it does not end, {@code SUPERSEDED} if it is wanted up meanwhile.
   */
  CompletionStage<ChildSnapshot> down(ChildId id, Request request);

  /** {@link #down(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> down(ChildId id) {
    return down(id, Request.UNNAMED);
  }

  /**
   * Runs a child once: started at once as by {@code up}; if it runs already, that run is the one.
   * When the run ends, in whatever way, it is wanted down: there is no restart, and the end counts
   * for no limit, strategy, start failure or auto-shutdown. A restart of its group, and the stop of
   * its supervisor, cut the run short for good. {@code up} makes it an ordinary child again. Done
   * when it is ready or has ended. Refused with {@code SUPERSEDED} if it is wanted down before.
   */
  CompletionStage<ChildSnapshot> once(ChildId id, Request request);

  /** {@link #once(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> once(ChildId id) {
    return once(id, Request.UNNAMED);
  }

  /**
   * Stops a child and wants it up again, also if it was down. Done when the <em>new</em> run is
   * ready. Not counted against its limits.
   */
  CompletionStage<ChildSnapshot> restart(ChildId id, Request request);

  /**
   * {@link #restart(ChildId, Request)} by the asker {@code api}.
   *
   * @param reason for the event and the log, one phrase
   * @throws IllegalArgumentException if the reason is none for a {@link Request}
   */
  default CompletionStage<ChildSnapshot> restart(ChildId id, String reason) {
    return restart(id, Request.of(Request.UNNAMED.asker(), reason));
  }

  /**
   * Sends a signal to the group of a running child. What is wanted does not change: if it ends by
   * this, its policy decides. STOP and CONT are {@link #pause} and {@link #resume}. Done when the
   * signal was sent.
   */
  CompletionStage<ChildSnapshot> signal(ChildId id, Signal signal, Request request);

  /** {@link #signal(ChildId, Signal, Request)} without a name. */
  default CompletionStage<ChildSnapshot> signal(ChildId id, Signal signal) {
    return signal(id, signal, Request.UNNAMED);
  }

  /**
   * Pauses a child: its whole group is sent STOP. It stays RUNNING and ready if it was; the time
   * that it has left to become ready stands still. A stop, a restart, or its end by itself ends the
   * pause, and the next run is not paused. Refused with {@code NOT_A_PROCESS} if it is a task or a
   * supervisor, with {@code NOT_RUNNING} unless it is in phase RUNNING. Done when the signal was
   * sent.
   */
  CompletionStage<ChildSnapshot> pause(ChildId id, Request request);

  /** {@link #pause(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> pause(ChildId id) {
    return pause(id, Request.UNNAMED);
  }

  /**
   * Lets a paused child go on: its whole group is sent CONT, also if it was not paused from here.
   * Refused and done as {@link #pause(ChildId, Request)}.
   */
  CompletionStage<ChildSnapshot> resume(ChildId id, Request request);

  /** {@link #resume(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> resume(ChildId id) {
    return resume(id, Request.UNNAMED);
  }

  /**
   * Has each log directory of a child begin a new file, for who takes old files away: at once, or
   * when the line ends that the file ends with. Nothing is lost; what waits in a buffer goes into
   * the new file. Does nothing to a file without a byte. The generation does not change. Refused
   * with {@code NO_LOG} if none of its output goes to a log directory, with {@code ROTATION_FAILED}
   * if a file cannot be renamed or is being written for too long.
   */
  CompletionStage<ChildSnapshot> rotate(ChildId id, Request request);

  /** {@link #rotate(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> rotate(ChildId id) {
    return rotate(id, Request.UNNAMED);
  }

  /**
   * Adds a child behind the others, or gives an existing one another spec. An equal spec changes
   * nothing; another one makes the child, and only this one, start anew if it is wanted up; one
   * that runs once has its one run with the new spec. What is wanted of an existing child stays as
   * it was. Done when the spec is in force, not when the child is ready. Refused with {@code
   * INVALID_SPEC} below a supervisor with a template: its children come by {@link #startInstance}
   * only.
   */
  CompletionStage<ChildSnapshot> define(ChildSpec spec, Request request);

  /** {@link #define(ChildSpec, Request)} without a name. */
  default CompletionStage<ChildSnapshot> define(ChildSpec spec) {
    return define(spec, Request.UNNAMED);
  }

  /**
   * Starts an instance of the template of a supervisor, as its last child. The template is called
   * on the calling thread. Afterwards it is a child as any other: it restarts with the arguments
   * that it was started with, {@code down} stops and keeps it, {@code remove} frees its name. When
   * its supervisor is started again, it is forgotten.
   *
   * <p>Done when it is ready, or has finished its work. Refused with {@code NO_TEMPLATE}; with
   * {@code ALREADY_THERE} if there is a child of this name, whatever its phase; with {@code
   * INVALID_SPEC} if the template throws, or its spec does not fit or is not to be started at once;
   * with {@code STALE} if the supervisor was given another template meanwhile; and as {@link
   * #up(ChildId, Request)}. With {@code REMOVED} if it is temporary and ends before it is ready.
   *
   * @param supervisor who has the template; {@link ChildId#ROOT} is possible
   * @param name of the instance, a single one
   * @param arguments for the template
   * @throws IllegalArgumentException if the name is none, if its address would be too deep, or if
   *     the request expects a generation: what is not there has none
   */
  CompletionStage<ChildSnapshot> startInstance(
      ChildId supervisor, String name, List<String> arguments, Request request);

  /** {@link #startInstance(ChildId, String, List, Request)} without a name for who asks. */
  default CompletionStage<ChildSnapshot> startInstance(
      ChildId supervisor, String name, List<String> arguments) {
    return startInstance(supervisor, name, arguments, Request.UNNAMED);
  }

  /**
   * Whether the children of this one are instances of a template. False for a worker, and if there
   * is no such child. As cheap as {@link #child}.
   */
  boolean hasTemplate(ChildId supervisor);

  /**
   * Stops a child and forgets it. Done when it is really dead; the stage has its last snapshot.
   * Refused with {@code NEEDED} if others depend on it.
   */
  CompletionStage<ChildSnapshot> remove(ChildId id, Request request);

  /** {@link #remove(ChildId, Request)} without a name. */
  default CompletionStage<ChildSnapshot> remove(ChildId id) {
    return remove(id, Request.UNNAMED);
  }

  /**
   * Done the next time that every child that is wanted up is ready or finished; maybe at once. Not
   * while one of them has given up.
   */
  CompletionStage<TreeSnapshot> ready();

  /**
   * Stops all children in reverse start order, then the tree. Done when nothing is left but what
   * the report names. Calling it again returns the same outcome.
   *
   * @param reason for the event and the log, one phrase
   */
  CompletionStage<StopReport> stop(String reason);

  /**
   * {@link #stop(String)} with the phrase of a request.
   *
   * @throws IllegalArgumentException if the request expects a generation: a tree has none
   */
  default CompletionStage<StopReport> stop(Request request) {
    if (request.generation().isPresent()) {
      throw new IllegalArgumentException(
          "a tree has no generation, so none can be expected of it: " + request);
    }
    return stop(request.phrase());
  }

  /** Done when the tree has ended, whatever the cause. */
  CompletionStage<StopReport> stopped();

  /** Hears all events from now on. */
  Subscription subscribe(SupervisorListener listener);

  /**
   * {@link #stop}, and waits for its end, as long as the engine's options say at most: the stop
   * ladders bound each child, but children are stopped one after the other. What has not ended by
   * then is stopped further while this JVM lives. An interrupt ends the waiting, not the stopping,
   * and stays set. Idempotent.
   */
  @Override
  void close();
}
