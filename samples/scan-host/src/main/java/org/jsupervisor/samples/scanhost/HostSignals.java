package org.jsupervisor.samples.scanhost;

import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

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

  /** A few are enough: a reload that waits stands for all that come after it. */
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>(16);

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

  /** Any thread. A stop is never dropped: it takes the place of a reload if the queue is full. */
  void ask(Request request) {
    while (!requests.offer(request) && request == Request.STOP) {
      requests.poll();
    }
  }

  Request take() throws InterruptedException {
    return requests.take();
  }
}
