package org.jsupervisor.core.internal.engine;

import java.util.concurrent.ThreadFactory;
import org.jsupervisor.core.internal.observe.Notifier;
import org.jsupervisor.platform.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives an engine and its notifier by two daemon threads, which end when the tree has stopped. */
public final class EngineThreads {
  private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);

  private EngineThreads() {}

  /** Starts both; if the host has no room for one of them, the engine has failed. */
  public static void start(EngineFactory.Assembly assembly) {
    start(assembly, Thread::new);
  }

  static void start(EngineFactory.Assembly assembly, ThreadFactory threads) {
    String name = assembly.handle().name();
    Notifier notifier = assembly.notifier();
    Engine engine = assembly.engine();
    try {
      start(threads.newThread(notifier::run), "supervisor-" + name + "-notifier");
      start(threads.newThread(() -> drive(name, engine)), "supervisor-" + name + "-engine");
    } catch (RuntimeException | Error failure) {
      engine.fail(failure);
      throw failure;
    }
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

  private static void start(Thread thread, String name) {
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }
}
