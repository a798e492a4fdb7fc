package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The console of the trees of this JVM, on 127.0.0.1 and nowhere else. This is what a host embeds:
 *
 * <pre>{@code
 * try (Registration beans = SupervisorMBeans.register(tree);
 *     ConsoleServer console = ConsoleServer.open(0, Token.random())) {
 *   System.out.println(console.address());
 *   ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. All threads are daemons.
 */
final class ConsoleServer implements AutoCloseable {
  /** An operation that waits has a thread meanwhile, {@code WAIT_SECONDS} of the page at most. */
  private static final int THREADS = 8;

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
    return Executors.newFixedThreadPool(
        THREADS,
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
