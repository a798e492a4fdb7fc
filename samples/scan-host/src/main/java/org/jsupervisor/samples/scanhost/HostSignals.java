package org.jsupervisor.samples.scanhost;

import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What an operator asks by signals. Signal handlers belong to the host, so they are here and not in
 * the library.
 */
@SuppressWarnings("sunapi")
final class HostSignals {
  /** What is asked. */
  enum Request {
    RELOAD,
    STOP
  }

  private final AtomicBoolean stop = new AtomicBoolean();

  /** A reload that waits stands for all that come after it. */
  private final AtomicBoolean reload = new AtomicBoolean();

  private final Semaphore asked = new Semaphore(0);

  /** Takes over HUP, TERM and INT of this JVM. */
  HostSignals() {
    on("HUP", Request.RELOAD);
    on("TERM", Request.STOP);
    on("INT", Request.STOP);
  }

  private void on(String signal, Request request) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                ask(request);
                return null;
              });
      Object name = signals.getConstructor(String.class).newInstance(signal);
      signals.getMethod("handle", signals, handlers).invoke(null, name, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signal " + signal + " cannot be handled here", e);
    }
  }

  /** Any thread; does not wait. */
  void ask(Request request) {
    boolean news =
        switch (request) {
          case STOP -> !stop.getAndSet(true);
          case RELOAD -> !reload.getAndSet(true);
        };
    if (news) {
      asked.release();
    }
  }

  /** Waits for the next request. A stop goes before a reload, whenever that came. */
  Request take() throws InterruptedException {
    asked.acquire();
    if (stop.get()) {
      return Request.STOP;
    }
    reload.set(false);
    return Request.RELOAD;
  }
}
