package org.jsupervisor.core;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.internal.engine.EngineFactory;
import org.jsupervisor.core.internal.engine.EngineFactory.Assembly;
import org.jsupervisor.core.internal.engine.EngineFactory.CloseMode;
import org.jsupervisor.core.internal.engine.EngineThreads;
import org.jsupervisor.event.GiveUpListener;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.log.LogDirectories;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;

/**
 * Starts a tree.
 *
 * <pre>{@code
 * try (Supervisor tree = SupervisorBuilder.of(spec, PosixPlatform.open()).start()) {
 *   tree.ready().toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <p>Not thread-safe. A builder starts one tree: the platform belongs to it and is closed when it
 * has stopped.
 */
public final class SupervisorBuilder {
  private final SupervisorSpec spec;
  private final Platform platform;
  private TreeLimits treeLimits = TreeLimits.defaults();
  private EngineOptions options = EngineOptions.defaults();
  // Not RandomGenerator.getDefault: that is in a module which a small runtime may have left out.
  private RandomGenerator random = new SplittableRandom();
  private InstantSource wallClock = InstantSource.system();
  private Function<LogSpec, OutputSink> logs = new LogDirectories(() -> wallClock.instant())::open;

  private final List<SupervisorListener> listeners = new ArrayList<>();

  private boolean used;

  private SupervisorBuilder(SupervisorSpec spec, Platform platform) {
    this.spec = Objects.requireNonNull(spec, "a spec must be given");
    this.platform = Objects.requireNonNull(platform, "a platform must be given");
  }

  /** A builder for what is mandatory: what should run, and where. */
  public static SupervisorBuilder of(SupervisorSpec spec, Platform platform) {
    return new SupervisorBuilder(spec, platform);
  }

  /** Replaces what is allowed of all children together (default: {@link TreeLimits#defaults}). */
  public SupervisorBuilder withTreeLimits(TreeLimits replacement) {
    treeLimits = Objects.requireNonNull(replacement, "tree limits must be given");
    return this;
  }

  /** Replaces the limits (default: {@link EngineOptions#defaults}). */
  public SupervisorBuilder withOptions(EngineOptions replacement) {
    options = Objects.requireNonNull(replacement, "options must be given");
    return this;
  }

  /** Replaces the source of jitter (default: a {@link SplittableRandom}). */
  public SupervisorBuilder withRandom(RandomGenerator replacement) {
    random = Objects.requireNonNull(replacement, "random must be given");
    return this;
  }

  /** Replaces the clock that stamps events for people (default: the system's). */
  public SupervisorBuilder withWallClock(InstantSource replacement) {
    wallClock = Objects.requireNonNull(replacement, "wall clock must be given");
    return this;
  }

  /** Replaces what is made of a log specification (default: a log directory on disk). */
  public SupervisorBuilder withLogs(Function<LogSpec, OutputSink> replacement) {
    logs = Objects.requireNonNull(replacement, "logs must be given");
    return this;
  }

  /** Adds a listener that hears everything from the first event on. */
  public SupervisorBuilder addListener(SupervisorListener listener) {
    listeners.add(Objects.requireNonNull(listener, "a listener must be given"));
    return this;
  }

  /**
   * Adds a listener that is told whenever a child, a supervisor or the tree gives up, and why. It
   * is called on the notifier's thread, as other listeners are.
   */
  public SupervisorBuilder onGiveUp(GiveUpListener listener) {
    Objects.requireNonNull(listener, "a listener must be given");
    return addListener(
        published -> {
          if (published.event() instanceof SupervisorEvent.GiveUpExplained explained) {
            listener.onGiveUp(explained.explanation());
          }
        });
  }

  /**
   * Starts the tree on two daemon threads of its own: one engine, one notifier. A tree that cannot
   * be put together closes the platform.
   *
   * @throws IllegalStateException if this builder has started a tree before
   * @throws org.jsupervisor.spec.InvalidSpecException if a stop ladder has signals that the
   *     platform does not have
   */
  public Supervisor start() {
    Assembly assembly = assemble(CloseMode.WAITS);
    EngineThreads.start(assembly);
    return assembly.handle();
  }

  /**
   * Starts the tree without any thread: the caller drives it.
   *
   * @throws org.jsupervisor.spec.InvalidSpecException as {@link #start}
   */
  public InvokedSupervisor startInvoked() {
    return new InvokedSupervisor(assemble(CloseMode.ONLY_ASKS));
  }

  private Assembly assemble(CloseMode closeMode) {
    if (used) {
      throw new IllegalStateException("this builder has started its tree: the platform is in use");
    }
    used = true;
    return new EngineFactory(platform, options, random, wallClock, logs)
        .assemble(spec, treeLimits, listeners, closeMode);
  }
}
