package org.jsupervisor.definition.own;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.output.SinkMaker;
import org.jsupervisor.sink.Slf4jMaker;
import org.jsupervisor.sink.SyslogMaker;
import org.jsupervisor.sink.TailMaker;
import org.jsupervisor.spec.OutputSpec;

/** The keys of a service file for places of its output that are no log directory. */
final class SinkKeys {
  private static final int TAIL_LINES_MAX = 10_000;

  private static final Map<String, Level> LEVELS =
      Map.of(
          "trace",
          Level.TRACE,
          "debug",
          Level.DEBUG,
          "info",
          Level.INFO,
          "warn",
          Level.WARNING,
          "error",
          Level.ERROR);

  private static final Map<String, String> FACILITIES = themselves(SyslogMaker.FACILITIES);
  private static final Map<String, String> SEVERITIES = themselves(SyslogMaker.SEVERITIES);
  private static final Map<String, String> PRIORITIES = themselves(SyslogMaker.PRIORITIES);

  private static final Path LOCAL_SYSLOG = Path.of("/dev/log");
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

  /** Numbers only: a name would have to be looked up while the tree waits. */
  private static final Pattern UDP =
      Pattern.compile(
          "udp:(\\[[0-9a-fA-F:.]+\\]|" + OCTET + "(?:\\." + OCTET + "){3}):([0-9]{1,5})");

  private static final PressureKeys OF_SLF4J =
      new PressureKeys(
          ServiceKey.LOG_SLF4J_BACK_PRESSURE,
          ServiceKey.LOG_SLF4J_BACK_PRESSURE_BUDGET,
          ServiceKey.LOG_SLF4J_BACK_PRESSURE_FILE);

  private static final PressureKeys OF_SYSLOG =
      new PressureKeys(
          ServiceKey.LOG_SYSLOG_BACK_PRESSURE,
          ServiceKey.LOG_SYSLOG_BACK_PRESSURE_BUDGET,
          ServiceKey.LOG_SYSLOG_BACK_PRESSURE_FILE);

  private final ServiceProperties properties;
  private final DefinitionSettings settings;
  private final String name;

  SinkKeys(ServiceProperties properties, DefinitionSettings settings, String name) {
    this.properties = properties;
    this.settings = settings;
    this.name = name;
  }

  private static Map<String, String> themselves(Set<String> words) {
    return words.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
  }

  /** Those that are wanted. */
  List<OutputSpec.Destination> read() {
    List<OutputSpec.Destination> places = new ArrayList<>();
    properties
        .integer(ServiceKey.LOG_TAIL)
        .flatMap(lines -> properties.build(() -> tail(lines), ServiceKey.LOG_TAIL))
        .ifPresent(maker -> places.add(OutputSpec.made(maker)));
    if (properties.has(ServiceKey.LOG_SLF4J)) {
      readSlf4j().ifPresent(places::add);
    } else {
      refuseWithout(ServiceKey.LOG_SLF4J, OF_SLF4J, ServiceKey.LOG_SLF4J_LEVEL);
    }
    if (properties.has(ServiceKey.LOG_SYSLOG)) {
      readSyslog().ifPresent(places::add);
    } else {
      refuseWithout(
          ServiceKey.LOG_SYSLOG,
          OF_SYSLOG,
          ServiceKey.LOG_SYSLOG_FACILITY,
          ServiceKey.LOG_SYSLOG_SEVERITY,
          ServiceKey.LOG_SYSLOG_PRIORITIES);
    }
    return places;
  }

  private void refuseWithout(ServiceKey needed, PressureKeys pressure, ServiceKey... others) {
    String rule = "needs " + needed.text();
    properties.refuse(rule, others);
    properties.refuse(rule, pressure.kind(), pressure.budget(), pressure.file());
  }

  private static SinkMaker tail(int lines) {
    if (lines < 1 || lines > TAIL_LINES_MAX) {
      throw new IllegalArgumentException("must be 1 to " + TAIL_LINES_MAX);
    }
    return new TailMaker(lines);
  }

  private Optional<OutputSpec.Destination> readSlf4j() {
    String logger = properties.text(ServiceKey.LOG_SLF4J).orElse("");
    if (logger.isEmpty()) {
      properties.problem(ServiceKey.LOG_SLF4J, "must name a logger");
    }
    Level level = properties.choice(ServiceKey.LOG_SLF4J_LEVEL, LEVELS).orElse(Level.INFO);
    return place(OF_SLF4J, "slf4j", () -> new Slf4jMaker(logger, level));
  }

  private Optional<OutputSpec.Destination> readSyslog() {
    Optional<SyslogMaker.Target> target = target(properties.text(ServiceKey.LOG_SYSLOG).orElse(""));
    String facility =
        properties.choice(ServiceKey.LOG_SYSLOG_FACILITY, FACILITIES).orElse("daemon");
    String severity = properties.choice(ServiceKey.LOG_SYSLOG_SEVERITY, SEVERITIES).orElse("info");
    String priorities =
        properties.choice(ServiceKey.LOG_SYSLOG_PRIORITIES, PRIORITIES).orElse("text");
    if (target.isEmpty()) {
      properties.problem(
          ServiceKey.LOG_SYSLOG,
          "must be local, a path that begins with /, or udp:ADDRESS:PORT with numbers, as in"
              + " udp:127.0.0.1:514");
    }
    return place(
        OF_SYSLOG,
        "syslog",
        () -> new SyslogMaker(target.orElseThrow(), facility, severity, priorities));
  }

  private Optional<SyslogMaker.Target> target(String text) {
    if (text.equals("local")) {
      return Optional.of(new SyslogMaker.Local(LOCAL_SYSLOG, settings.unixSockets()));
    }
    if (text.startsWith("/") && text.indexOf('\0') < 0) {
      return Optional.of(new SyslogMaker.Local(Path.of(text), settings.unixSockets()));
    }
    Matcher udp = UDP.matcher(text);
    try {
      return udp.matches() && Integer.parseInt(udp.group(2)) <= 65_535
          ? Optional.of(
              new SyslogMaker.Udp(
                  new InetSocketAddress(
                      InetAddress.getByName(udp.group(1)), Integer.parseInt(udp.group(2)))))
          : Optional.empty();
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Nothing is made of keys that are refused. */
  private Optional<OutputSpec.Destination> place(
      PressureKeys keys, String kind, Supplier<SinkMaker> maker) {
    Path file = settings.logRoot().resolve(name + "." + kind + ".spill");
    var pressure = keys.read(properties, file).orElse(PressureKeys.usualOfSinks());
    return properties.findings().count() > 0
        ? Optional.empty()
        : Optional.of(OutputSpec.made(maker.get()).withBackPressure(pressure));
  }
}
