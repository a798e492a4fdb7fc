package org.jsupervisor.samples.webconsole;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;

/** A host with a tree of real processes and a console. */
final class Host implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Supervisor tree;
  private final Registration beans;
  private final ConsoleServer console;

  private final Queue<String> events;

  private Host(Supervisor tree, Registration beans, ConsoleServer console, Queue<String> events) {
    this.tree = tree;
    this.beans = beans;
    this.console = console;
    this.events = events;
  }

  /**
   * Starts what is defined, and a console on any port.
   *
   * @param directory an empty one, for definitions and logs
   * @param name of the tree; one of its own for each test class, since its beans have it
   * @param definitions an INI file
   */
  static Host start(Path directory, String name, String definitions) throws Exception {
    Path services = Files.createDirectory(directory.resolve("services"));
    Files.writeString(services.resolve("test.ini"), definitions);
    Platform platform = PosixPlatform.open();
    Arguments arguments = new Arguments(services, directory.resolve("logs"), name, 0);
    Queue<String> events = new ConcurrentLinkedQueue<>();
    Supervisor tree =
        SupervisorBuilder.of(WebConsole.spec(arguments, platform), platform)
            .addListener(event -> events.add(event.toString()))
            .start();
    try {
      Registration beans = SupervisorMBeans.register(tree);
      return new Host(tree, beans, ConsoleServer.open(0, Token.random()), events);
    } catch (Exception | Error e) {
      tree.close();
      throw e;
    }
  }

  ConsoleServer console() {
    return console;
  }

  ChildSnapshot child(String name) {
    return tree.child(ChildId.of(name)).orElseThrow();
  }

  /** What has happened to the tree until now, for people. */
  List<String> events() {
    return List.copyOf(events);
  }

  /** Waits until it is so; what it is instead stands in the error. */
  static <T> T await(String what, Supplier<T> look, Predicate<T> enough) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      T seen = look.get();
      if (enough.test(seen)) {
        return seen;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never: " + what + "; at last it was: " + seen);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
    }
  }

  @Override
  public void close() {
    console.close();
    beans.close();
    tree.close();
  }
}
