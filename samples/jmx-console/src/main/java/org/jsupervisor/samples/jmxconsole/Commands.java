package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import org.jsupervisor.jmx.ServiceHealthMXBean;
import org.jsupervisor.jmx.ServiceMXBean;

/** Carries a command out. */
final class Commands {
  private static final int FAILURES_MAX = 99;
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private static final String NOT_AS_WANTED = "not as wanted";

  /** How answers begin when the time was over before it was done; the first is what beans say. */
  private static final List<String> LATE = List.of("accepted, not done", NOT_AS_WANTED);

  private final JMXConnector connector;
  private final Arguments arguments;
  private final PrintStream out;
  private final MBeanServerConnection connection;

  Commands(JMXConnector connector, Arguments arguments, PrintStream out) throws IOException {
    this.connector = connector;
    this.connection = connector.getMBeanServerConnection();
    this.arguments = arguments;
    this.out = out;
  }

  /** For how many services it has failed, at most {@value #FAILURES_MAX}, as {@code sv} does. */
  int carryOut() throws IOException, JMException {
    List<Service> all = Service.all(connection);
    List<Service> meant = arguments.services().isEmpty() ? all : new ArrayList<>();
    int failures = 0;
    for (String words : arguments.services()) {
      List<Service> found = all.stream().filter(each -> each.isCalled(words)).toList();
      if (found.size() == 1) {
        meant.addAll(found);
      } else {
        out.println(words + ": " + (found.isEmpty() ? "there is no such service" : several(found)));
        failures++;
      }
    }
    return Math.min(failures + carryOut(meant), FAILURES_MAX);
  }

  private static String several(List<Service> found) {
    return found.stream()
        .map(Service::shown)
        .collect(Collectors.joining(" and ", "there are several, say which: ", ""));
  }

  private int carryOut(List<Service> services) throws IOException, JMException {
    switch (arguments.verb()) {
      case LIST -> services.forEach(service -> out.println(service.shown()));
      case STATUS -> {
        StatusTable table = new StatusTable();
        services.forEach(table::add);
        table.lines().forEach(out::println);
      }
      case WATCH -> watch(services);
      case CHECK,
          EXPLAIN,
          UP,
          DOWN,
          RESTART,
          ONCE,
          RELEASE,
          PAUSE,
          RESUME,
          SIGNAL,
          ROTATE,
          TAIL -> {
        int failures = 0;
        for (Service service : services) {
          failures += ask(service) ? 0 : 1;
        }
        return failures;
      }
    }
    return 0;
  }

  private void watch(List<Service> services) throws IOException, JMException {
    Watch watch = new Watch(connector, out);
    if (arguments.services().isEmpty()) {
      watch.watchAll();
    } else {
      watch.watch(services);
    }
  }

  /** Beans answer with a sentence, and refuse with an exception that has one. */
  private boolean ask(Service service) throws JMException {
    try {
      List<String> answer = answer(service);
      answer.forEach(line -> out.println(service.shown() + ": " + printable(line)));
      return answer.size() != 1 || LATE.stream().noneMatch(answer.get(0)::startsWith);
    } catch (RuntimeException refusal) {
      out.println(service.shown() + ": " + printable(String.valueOf(root(refusal).getMessage())));
      return false;
    }
  }

  private List<String> answer(Service service) throws JMException {
    ServiceMXBean bean = service.bean();
    int wait = arguments.waitSeconds();
    String reason = arguments.reason();
    return switch (arguments.verb()) {
      case CHECK -> List.of(check(service));
      case EXPLAIN -> List.of(bean.explain());
      case UP -> List.of(bean.up(wait));
      case DOWN -> List.of(bean.down(wait));
      case RESTART -> List.of(bean.restart(reason, wait));
      case ONCE -> List.of(bean.once(wait));
      case RELEASE -> List.of(bean.release(reason, wait));
      case PAUSE -> List.of(bean.pause(reason));
      case RESUME -> List.of(bean.resume(reason));
      case SIGNAL -> List.of(bean.signal(arguments.words().get(0).toUpperCase(Locale.ROOT)));
      case ROTATE -> List.of(bean.rotate(reason));
      case TAIL -> tail(service);
      case LIST, STATUS, WATCH -> List.of();
    };
  }

  private List<String> tail(Service service) throws JMException {
    String[] lines = service.log(connection).tail(arguments.lines());
    return lines.length > 0 ? List.of(lines) : List.of("it has written nothing that is kept");
  }

  /** Waits until it is as wanted. */
  private String check(Service service) throws JMException {
    ServiceHealthMXBean health = service.health(connection);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(arguments.waitSeconds());
    boolean isAsWanted = health.isAsWanted();
    while (!isAsWanted && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      isAsWanted = health.isAsWanted();
    }
    String how = service.bean().getPhase() + ", wanted " + service.bean().getDesire();
    return isAsWanted
        ? "ok: " + how
        : NOT_AS_WANTED + ": " + how + ": " + service.bean().getReason();
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    // Bounded: a chain of causes can be a ring.
    for (int n = 0; n < 10 && root.getCause() != null; n++) {
      root = root.getCause();
    }
    return root;
  }

  /** What a service has written may hold anything, escape sequences too. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}
