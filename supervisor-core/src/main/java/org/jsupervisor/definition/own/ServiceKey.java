package org.jsupervisor.definition.own;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a service file; {@code docs/formats/own.md} describes them. */
enum ServiceKey {
  COMMAND("command"),
  ARGUMENT("argument"),
  DIRECTORY("directory"),
  ENVIRONMENT_VARIABLE("env.NAME"),
  ENVIRONMENT_INHERIT("environment.inherit"),
  ENVIRONMENT_DIRECTORY("environment.directory"),
  ENVIRONMENT_DIRECTORY_MISSING("environment.directory.missing"),
  INPUT("input"),
  INPUT_FILE("input.file"),
  INITIALLY("initially"),
  INSTANCES("instances"),
  NEEDS("needs"),
  NEEDS_OR_RESTART("needs.or-restart"),
  NEEDS_OR_STOP("needs.or-stop"),
  READY("ready"),
  READY_AFTER("ready.after"),
  READY_DESCRIPTOR("ready.descriptor"),
  READY_ADDRESS("ready.address"),
  READY_URL("ready.url"),
  READY_STATUSES("ready.statuses"),
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
  RESTART_BACKOFF_FACTOR("restart.backoff.factor"),
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
  STOP_STEP("stop.step"),
  STOP_KILL_WAIT("stop.kill-wait"),
  FINISH("finish"),
  FINISH_ARGUMENT("finish.argument"),
  FINISH_STYLE("finish.style"),
  FINISH_LIMIT("finish.limit"),
  FINISH_NEVER("finish.never"),
  SIGNAL_COMMAND("signal.command.NAME"),
  SIGNAL_ARGUMENT("signal.argument.NAME"),
  SIGNAL_LIMIT("signal.limit"),
  LEFTOVERS("leftovers"),
  HOST_DEATH("host-death"),
  SIGNIFICANT("significant"),
  USER("user"),
  USER_GROUP("user.group"),
  USER_GROUPS("user.groups"),
  USER_VARIABLES("user.variables"),
  CAPABILITIES("capabilities"),
  CAPABILITIES_AMBIENT("capabilities.ambient"),
  NO_NEW_PRIVILEGES("no-new-privileges"),
  CHROOT("chroot"),
  LIMIT("limit.NAME"),
  UMASK("umask"),
  NICE("nice"),
  IO_CLASS("io.class"),
  IO_LEVEL("io.level"),
  CPU_POLICY("cpu.policy"),
  CPU_PRIORITY("cpu.priority"),
  CPU_AFFINITY("cpu.affinity"),
  CGROUP("cgroup"),
  LOCK("lock"),
  LOCK_TAKEN("lock.taken"),
  RUN_DIRECTORY("run-directory"),
  RUN_DIRECTORY_OWNER("run-directory.owner"),
  RUN_DIRECTORY_GROUP("run-directory.group"),
  RUN_DIRECTORY_MODE("run-directory.mode"),
  FIFO("fifo"),
  FIFO_OWNER("fifo.owner"),
  FIFO_GROUP("fifo.group"),
  FIFO_MODE("fifo.mode"),
  REDIRECT_STDIN("redirect.stdin"),
  REDIRECT_STDOUT("redirect.stdout"),
  REDIRECT_STDERR("redirect.stderr"),
  REDIRECT_OPENING("redirect.opening"),
  REDIRECT_MODE("redirect.mode"),
  PRE_LAUNCH("pre-launch"),
  PRE_LAUNCH_ARGUMENT("pre-launch.argument"),
  ARGUMENT_ZERO("argument-zero"),
  PARENT_DEATH("parent-death"),
  LOG("log"),
  LOG_SERVICE("log.service"),
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

  private static final String NAME = "NAME";

  private static final Map<String, ServiceKey> BY_TEXT =
      Stream.of(values()).collect(Collectors.toMap(ServiceKey::text, Function.identity()));

  private static final Set<ServiceKey> ARGUMENTS =
      EnumSet.of(
          ARGUMENT,
          READY_ARGUMENT,
          LOG_ARGUMENT,
          PRE_LAUNCH_ARGUMENT,
          FINISH_ARGUMENT,
          SIGNAL_ARGUMENT);

  private static final Set<ServiceKey> OTHER_REPEATABLE =
      EnumSet.of(
          CGROUP,
          CAPABILITIES,
          CAPABILITIES_AMBIENT,
          CPU_AFFINITY,
          ENVIRONMENT_DIRECTORY,
          FIFO,
          INSTANCES,
          LOG_SELECTION,
          NEEDS,
          NEEDS_OR_RESTART,
          NEEDS_OR_STOP,
          READY_STATUSES,
          RUN_DIRECTORY,
          STOP_STEP,
          USER_GROUPS);

  private final String text;

  ServiceKey(String text) {
    this.text = text;
  }

  /** As it is written in the file; of a key with a name in it, the pattern. */
  String text() {
    return text;
  }

  /** The key that is written so. */
  static Optional<ServiceKey> of(String written) {
    return Stream.of(ENVIRONMENT_VARIABLE, LIMIT, SIGNAL_COMMAND, SIGNAL_ARGUMENT)
        .filter(key -> written.startsWith(key.prefix()))
        .findFirst()
        .or(() -> Optional.ofNullable(BY_TEXT.get(written)));
  }

  /** Whether there is a name in it, so that it may stand once for each. */
  boolean isNamed() {
    return text.endsWith(NAME);
  }

  /** What stands before the name in it. */
  String prefix() {
    return text.substring(0, text.length() - NAME.length());
  }

  /** Whether the key may stand in a file several times. */
  boolean isRepeatable() {
    return ARGUMENTS.contains(this) || OTHER_REPEATABLE.contains(this);
  }

  /** Whether values may be shown: those of variables and arguments may be secrets. */
  boolean isSecret() {
    return this == ENVIRONMENT_VARIABLE || ARGUMENTS.contains(this);
  }
}
