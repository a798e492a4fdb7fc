package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The console of the trees of this JVM, on 127.0.0.1 and nowhere else. It is part of a sample and
 * of no library: a host that wants it copies this package with its resources, without {@code
 * WebConsole} and {@code Arguments}, and then does:
 *
 * <pre>{@code
 * try (Registration beans = SupervisorMBeans.register(tree);
 *     ConsoleServer console = ConsoleServer.open(0, Token.random())) {
 *   System.out.println(console.address());
 *   ...
 * }
 * }</pre>
 *
 * <p>80 requests are answered at once, and a connection beyond them is closed without an answer. It
 * neither sets nor checks the limits of the JDK's HTTP server, which are of the whole JVM: without
 * the options {@code -Dsun.net.httpserver.maxReqTime}, {@code -Dsun.net.httpserver.maxRspTime}
 * (both in seconds) and {@code -Djdk.httpserver.maxConnections}, as {@code bin/web-console} gives
 * them, a program of this machine that sends half a request keeps a thread for as long as it likes.
 *
 * <p>Thread-safe. All threads are daemons.
 */
final class ConsoleServer implements AutoCloseable {
  /**
   * More than the connections that {@code bin/web-console} allows, so that no request is refused
   * there for want of a thread: one has each operation that waits, and each request half sent.
   */
  static final int THREADS_MAX = 80;

  private static final long THREAD_IDLE_SECONDS = 10;

  private static final int BACKLOG = 64;
  private static final String LOOPBACK = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Beans beans;
  private final Token token;

  private ConsoleServer(HttpServer server, ExecutorService threads, Beans beans, Token token) {
    this.server = server;
    this.threads = threads;
    this.beans = beans;
    this.token = token;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 is any that is free
   * @throws IOException if it cannot listen there
   */
  static ConsoleServer open(int port, Token token) throws IOException {
    PageFiles files = new PageFiles();
    Beans beans = Beans.open();
    try {
      return listen(port, token, files, beans);
    } catch (IOException | RuntimeException | Error e) {
      beans.close();
      throw e;
    }
  }

  private static ConsoleServer listen(int port, Token token, PageFiles files, Beans beans)
      throws IOException {
    // Not getLoopbackAddress(): that may be ::1, and the names below are those of 127.0.0.1.
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    ConsoleServer console = new ConsoleServer(server, threads(), beans, token);
    try {
      console.answer(files);
      return console;
    } catch (RuntimeException | Error e) {
      console.close();
      throw e;
    }
  }

  private void answer(PageFiles files) {
    Doorkeeper doorkeeper =
        new Doorkeeper(List.of(LOOPBACK, "localhost"), server.getAddress().getPort());
    HttpContext page = server.createContext("/", files);
    page.getFilters().add(doorkeeper);
    HttpContext questions = server.createContext(Beans.PATH, beans);
    questions.getFilters().add(doorkeeper);
    questions.getFilters().add(new Gate(token));
    server.setExecutor(threads);
    server.start();
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    // Nothing queues: what no thread is left for is refused, and the JDK closes its connection.
    return new ThreadPoolExecutor(
        0,
        THREADS_MAX,
        THREAD_IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "web-console-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Where it listens, without the token. */
  URI origin() {
    return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort() + "/");
  }

  /**
   * What a browser opens: the token is the fragment, which is never sent to anybody. Whoever reads
   * this may operate the tree.
   */
  URI address() {
    return URI.create(origin() + "#token=" + token.text());
  }

  /** Stops listening; what is being answered is cut off. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    beans.close();
  }
}
