package org.jsupervisor.definition.own;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ReadinessSpec;

/** The keys of a service file that say when it is ready. Confined to one call. */
final class ReadyKeys {
  private static final Duration AFTER = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

  /** The ways to be ready. */
  private enum Way {
    LAUNCH,
    ALIVE,
    NOTIFY,
    SOCKET,
    TCP,
    UNIX,
    HTTP,
    FILE,
    COMMAND,
    LOG,
    COMPLETED;

    private static final Map<String, Way> BY_TEXT =
        Stream.of(values()).collect(Collectors.toMap(Way::text, Function.identity()));

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one key that it cannot be without. */
    Optional<ServiceKey> needed() {
      return switch (this) {
        case NOTIFY -> Optional.of(ServiceKey.READY_DESCRIPTOR);
        case TCP -> Optional.of(ServiceKey.READY_ADDRESS);
        case UNIX, FILE -> Optional.of(ServiceKey.READY_PATH);
        case HTTP -> Optional.of(ServiceKey.READY_URL);
        case COMMAND -> Optional.of(ServiceKey.READY_COMMAND);
        case LOG -> Optional.of(ServiceKey.READY_PATTERN);
        case LAUNCH, ALIVE, SOCKET, COMPLETED -> Optional.empty();
      };
    }

    boolean takes(ServiceKey key) {
      boolean attempts =
          key == ServiceKey.READY_INTERVAL
              || key == ServiceKey.READY_TIMEOUT
              || key == ServiceKey.READY_WITHIN;
      boolean special =
          switch (this) {
            case LAUNCH -> false;
            case ALIVE -> key == ServiceKey.READY_AFTER;
            case NOTIFY, SOCKET, LOG, COMPLETED -> key == ServiceKey.READY_WITHIN;
            case TCP, UNIX, FILE -> attempts;
            case HTTP -> attempts || key == ServiceKey.READY_STATUSES;
            case COMMAND -> attempts || key == ServiceKey.READY_ARGUMENT;
          };
      return special || needed().equals(Optional.of(key));
    }

    static String allThatTake(ServiceKey key) {
      return Stream.of(values())
          .filter(way -> way.takes(key))
          .map(way -> "ready=" + way.text())
          .collect(Collectors.joining(", "));
    }
  }

  private final ServiceProperties properties;

  private ReadyKeys(ServiceProperties properties) {
    this.properties = properties;
  }

  /** Empty if a value is refused. */
  static Optional<ReadinessSpec> read(ServiceProperties properties) {
    return new ReadyKeys(properties).read();
  }

  private Optional<ReadinessSpec> read() {
    Optional<Way> chosen = properties.choice(ServiceKey.READY, Way.BY_TEXT);
    if (properties.has(ServiceKey.READY) && chosen.isEmpty()) {
      return Optional.empty();
    }
    Way way = chosen.orElse(Way.ALIVE);
    refuseWhatDoesNotFit(way);
    if (way.needed().isPresent() && !properties.has(way.needed().get())) {
      properties.problem(ServiceKey.READY, "needs " + way.needed().get().text());
      return Optional.empty();
    }
    return switch (way) {
      case LAUNCH -> Optional.of(ReadinessSpec.atLaunch());
      case ALIVE -> timed(ServiceKey.READY_AFTER, AFTER, ReadinessSpec::aliveFor);
      case NOTIFY -> notified();
      case SOCKET -> timed(ServiceKey.READY_WITHIN, WITHIN, ReadinessSpec.NotifiedBySocket::new);
      case COMPLETED -> timed(ServiceKey.READY_WITHIN, WITHIN, ReadinessSpec::completed);
      case TCP, UNIX, HTTP, FILE, COMMAND, LOG -> probe(way).flatMap(this::probed);
    };
  }

  private void refuseWhatDoesNotFit(Way way) {
    for (ServiceKey key : ServiceKey.values()) {
      if (key.text().startsWith(ServiceKey.READY.text() + ".") && !way.takes(key)) {
        properties.refuse("is for " + Way.allThatTake(key) + " only", key);
      }
    }
  }

  private Optional<ReadinessSpec> timed(
      ServiceKey key, Duration byDefault, Function<Duration, ReadinessSpec> maker) {
    Duration time = properties.duration(key).orElse(byDefault);
    return properties.build(() -> maker.apply(time), key);
  }

  private Optional<ReadinessSpec> notified() {
    Duration within = properties.duration(ServiceKey.READY_WITHIN).orElse(WITHIN);
    return properties
        .integer(ServiceKey.READY_DESCRIPTOR)
        .flatMap(
            number ->
                properties.build(
                    () -> new ReadinessSpec.Notified(number, within),
                    ServiceKey.READY_DESCRIPTOR,
                    ServiceKey.READY_WITHIN));
  }

  private Optional<Probe> probe(Way way) {
    ServiceKey key = way.needed().orElseThrow();
    String text = properties.text(key).orElseThrow();
    return switch (way) {
      case TCP -> tcp(key, text);
      case UNIX -> path(key).map(Probe::unixSocket);
      case FILE -> path(key).map(Probe::file);
      case HTTP -> http(key, text);
      case COMMAND -> properties.build(() -> new Probe.Execution(command(text)), key);
      case LOG -> properties.build(() -> Probe.logLine(text), key);
      case LAUNCH, ALIVE, NOTIFY, SOCKET, COMPLETED ->
          throw new IllegalStateException(way + " has no probe");
    };
  }

  private Optional<Path> path(ServiceKey key) {
    return ServiceSpecs.path(properties, key);
  }

  private Optional<Probe> tcp(ServiceKey key, String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      properties.problem(key, "must be HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080");
      return Optional.empty();
    }
    String host = Optional.ofNullable(address.group(1)).orElseGet(() -> address.group(2));
    return properties.build(() -> new Probe.Tcp(host, Integer.parseInt(address.group(3))), key);
  }

  private Optional<Probe> http(ServiceKey key, String text) {
    Optional<Probe.Http> probe =
        properties.build(() -> (Probe.Http) Probe.http(URI.create(text)), key);
    List<Entry> said = properties.repeated(ServiceKey.READY_STATUSES);
    if (probe.isEmpty() || said.isEmpty()) {
      return probe.map(Function.identity());
    }
    Optional<NavigableSet<Integer>> statuses = properties.numbers(ServiceKey.READY_STATUSES);
    return statuses.flatMap(
        good ->
            properties
                .findings()
                .attempt(
                    properties.place(said.get(0)),
                    said.get(0).written(),
                    () -> new Probe.Http(probe.get().uri(), good)));
  }

  private Command command(String program) {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    properties.readyArguments().forEach(argument -> argv.add(argument.value()));
    return new Command(argv);
  }

  private Optional<ReadinessSpec> probed(Probe probe) {
    Duration interval = properties.duration(ServiceKey.READY_INTERVAL).orElse(INTERVAL);
    Duration timeout = properties.duration(ServiceKey.READY_TIMEOUT).orElse(TIMEOUT);
    Duration within = properties.duration(ServiceKey.READY_WITHIN).orElse(WITHIN);
    return properties.build(
        () -> new ReadinessSpec.Probed(probe, interval, timeout, within),
        ServiceKey.READY_INTERVAL,
        ServiceKey.READY_TIMEOUT,
        ServiceKey.READY_WITHIN);
  }
}
