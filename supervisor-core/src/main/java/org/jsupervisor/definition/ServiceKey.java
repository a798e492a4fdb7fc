package org.jsupervisor.definition;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a service file; {@code docs/definitions.md} describes them. */
enum ServiceKey {
  COMMAND("command"),
  ARGUMENT("argument"),
  DIRECTORY("directory"),
  ENVIRONMENT_VARIABLE("env.NAME"),
  ENVIRONMENT_INHERIT("environment.inherit"),
  INPUT("input"),
  INPUT_FILE("input.file"),
  INITIALLY("initially"),
  READY("ready"),
  READY_AFTER("ready.after"),
  READY_DESCRIPTOR("ready.descriptor"),
  READY_ADDRESS("ready.address"),
  READY_URL("ready.url"),
  READY_PATH("ready.path"),
  READY_COMMAND("ready.command"),
  READY_ARGUMENT("ready.argument"),
  READY_PATTERN("ready.pattern"),
  READY_INTERVAL("ready.interval"),
  READY_TIMEOUT("ready.timeout"),
  READY_WITHIN("ready.within"),
  WATCHDOG("watchdog"),
  RESTART("restart"),
  RESTART_CLEAN("restart.clean"),
  RESTART_NEVER("restart.never"),
  RESTART_ALWAYS("restart.always"),
  RESTART_BACKOFF("restart.backoff"),
  RESTART_BACKOFF_INITIAL("restart.backoff.initial"),
  RESTART_BACKOFF_CAP("restart.backoff.cap"),
  RESTART_BACKOFF_STEPS("restart.backoff.steps"),
  RESTART_BACKOFF_JITTER("restart.backoff.jitter"),
  RESTART_LIMIT("restart.limit"),
  RESTART_LIMIT_KIND("restart.limit.kind"),
  RESTART_PERIOD("restart.period"),
  RESTART_START_ATTEMPTS("restart.start-attempts"),
  RESTART_RESET("restart.reset"),
  RESTART_GIVE_UP("restart.give-up"),
  RESTART_QUARANTINE("restart.quarantine"),
  RESTART_QUARANTINE_MAX("restart.quarantine.max"),
  STOP_SIGNAL("stop.signal"),
  STOP_GRACE("stop.grace"),
  STOP_KILL_WAIT("stop.kill-wait"),
  LEFTOVERS("leftovers"),
  LOG("log"),
  LOG_DIRECTORY("log.directory"),
  LOG_SIZE("log.size"),
  LOG_FILES("log.files"),
  LOG_TOTAL("log.total"),
  LOG_AGE("log.age"),
  LOG_LINE("log.line"),
  LOG_TIMESTAMPS("log.timestamps"),
  LOG_PREFIX("log.prefix"),
  LOG_SELECTION("log.selection"),
  LOG_PROCESSING("log.processing"),
  LOG_COMMAND("log.command"),
  LOG_ARGUMENT("log.argument"),
  LOG_SYNC("log.sync"),
  LOG_SYNC_INTERVAL("log.sync.interval"),
  LOG_BACK_PRESSURE("log.back-pressure"),
  LOG_BACK_PRESSURE_BUDGET("log.back-pressure.budget"),
  LOG_BACK_PRESSURE_FILE("log.back-pressure.file"),
  LOG_STDERR("log.stderr"),
  LOG_STDERR_DIRECTORY("log.stderr.directory"),
  LOG_TAIL("log.tail"),
  LOG_SLF4J("log.slf4j"),
  LOG_SLF4J_LEVEL("log.slf4j.level"),
  LOG_SLF4J_BACK_PRESSURE("log.slf4j.back-pressure"),
  LOG_SLF4J_BACK_PRESSURE_BUDGET("log.slf4j.back-pressure.budget"),
  LOG_SLF4J_BACK_PRESSURE_FILE("log.slf4j.back-pressure.file"),
  LOG_SYSLOG("log.syslog"),
  LOG_SYSLOG_FACILITY("log.syslog.facility"),
  LOG_SYSLOG_SEVERITY("log.syslog.severity"),
  LOG_SYSLOG_PRIORITIES("log.syslog.priorities"),
  LOG_SYSLOG_BACK_PRESSURE("log.syslog.back-pressure"),
  LOG_SYSLOG_BACK_PRESSURE_BUDGET("log.syslog.back-pressure.budget"),
  LOG_SYSLOG_BACK_PRESSURE_FILE("log.syslog.back-pressure.file");

  /** What the keys of environment variables begin with. */
  static final String ENVIRONMENT_PREFIX = "env.";

  private static final Map<String, ServiceKey> BY_TEXT =
      Stream.of(values()).collect(Collectors.toMap(ServiceKey::text, Function.identity()));

  private final String text;

  ServiceKey(String text) {
    this.text = text;
  }

  /** As it is written in the file; of environment variables, the pattern. */
  String text() {
    return text;
  }

  /** The key that is written so. */
  static Optional<ServiceKey> of(String written) {
    return written.startsWith(ENVIRONMENT_PREFIX)
        ? Optional.of(ENVIRONMENT_VARIABLE)
        : Optional.ofNullable(BY_TEXT.get(written));
  }

  /** Whether the key may stand in a file several times. */
  boolean isRepeatable() {
    return isArgument() || this == LOG_SELECTION;
  }

  private boolean isArgument() {
    return this == ARGUMENT || this == READY_ARGUMENT || this == LOG_ARGUMENT;
  }

  /** Whether values may be shown: those of variables and arguments may be secrets. */
  boolean isSecret() {
    return this == ENVIRONMENT_VARIABLE || isArgument();
  }
}
