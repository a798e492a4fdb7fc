package org.jsupervisor.core.internal.engine;

import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.platform.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives an engine and its notifier by two daemon threads, which end when the tree has stopped. */
public final class EngineThreads {
  private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);

  private EngineThreads() {}

  /** Starts both. */
  public static void start(EngineFactory.Assembly assembly) {
    String name = assembly.handle().name();
    Notifier notifier = assembly.notifier();
    daemon("supervisor-" + name + "-notifier", notifier::run).start();
    daemon("supervisor-" + name + "-engine", () -> drive(name, assembly.engine())).start();
  }

  private static void drive(String name, Engine engine) {
    try {
      engine.start();
      while (!engine.isOver()) {
        int unused = engine.doWork(Platform.FOREVER_NANOS);
      }
    } catch (Throwable failure) {
      LOG.error("the engine of tree '{}' failed; its children are killed", name, failure);
    }
  }

  private static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }
}
