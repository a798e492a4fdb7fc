package org.jsupervisor.samples.jmxconsole;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.management.JMException;
import javax.management.remote.JMXConnector;
import org.jsupervisor.jmx.ServiceMXBean;

/** Carries a command out. */
final class Commands {
  private static final int FAILURES_MAX = 99;

  private final JMXConnector connector;
  private final Arguments arguments;
  private final PrintStream out;

  Commands(JMXConnector connector, Arguments arguments, PrintStream out) {
    this.connector = connector;
    this.arguments = arguments;
    this.out = out;
  }

  /** For how many services it has failed, at most {@value #FAILURES_MAX}, as {@code sv} does. */
  int carryOut() throws IOException, JMException {
    List<Service> all = Service.all(connector.getMBeanServerConnection());
    List<Service> meant = arguments.services().isEmpty() ? all : new ArrayList<>();
    int failures = 0;
    for (String id : arguments.services()) {
      Optional<Service> found = all.stream().filter(each -> each.id().equals(id)).findFirst();
      found.ifPresentOrElse(meant::add, () -> out.println(id + ": there is no such service"));
      failures += found.isPresent() ? 0 : 1;
    }
    failures += carryOut(meant);
    return Math.min(failures, FAILURES_MAX);
  }

  private int carryOut(List<Service> services) throws IOException, JMException {
    switch (arguments.verb()) {
      case LIST -> services.forEach(service -> out.println(service.id()));
      case STATUS -> {
        StatusTable table = new StatusTable();
        services.forEach(table::add);
        table.lines().forEach(out::println);
      }
      case WATCH -> new Watch(connector, out).watch(services);
      case EXPLAIN, UP, DOWN, RESTART, ONCE, PAUSE, RESUME, SIGNAL, ROTATE, TAIL -> {
        int failures = 0;
        for (Service service : services) {
          failures += ask(service) ? 0 : 1;
        }
        return failures;
      }
    }
    return 0;
  }

  /** Beans answer with a sentence, and refuse with an exception that has one. */
  private boolean ask(Service service) {
    try {
      for (String line : answer(service.bean())) {
        out.println(service.id() + ": " + printable(line));
      }
      return true;
    } catch (RuntimeException refusal) {
      out.println(service.id() + ": " + printable(String.valueOf(root(refusal).getMessage())));
      return false;
    }
  }

  private List<String> answer(ServiceMXBean bean) {
    int wait = arguments.waitSeconds();
    String reason = arguments.reason();
    return switch (arguments.verb()) {
      case EXPLAIN -> List.of(bean.explain());
      case UP -> List.of(bean.up(wait));
      case DOWN -> List.of(bean.down(wait));
      case RESTART -> List.of(bean.restart(reason, wait));
      case ONCE -> List.of(bean.once(wait));
      case PAUSE -> List.of(bean.pause(reason));
      case RESUME -> List.of(bean.resume(reason));
      case SIGNAL -> List.of(bean.signal(arguments.words().get(0).toUpperCase(Locale.ROOT)));
      case ROTATE -> List.of(bean.rotate(reason));
      case TAIL -> tail(bean);
      case LIST, STATUS, WATCH -> List.of();
    };
  }

  private static List<String> tail(ServiceMXBean bean) {
    String[] lines = bean.tail();
    return lines.length > 0 ? List.of(lines) : List.of("no lines are kept in memory");
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
