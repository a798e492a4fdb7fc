package org.jsupervisor.definition.supervisord;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/** The options of a program; {@code docs/formats/supervisord.md} describes them. */
enum ProgramKey {
  COMMAND,
  PROCESS_NAME,
  NUMPROCS,
  NUMPROCS_START,
  PRIORITY("starts and stops nothing in order"),
  AUTOSTART,
  STARTSECS,
  STARTRETRIES,
  AUTORESTART,
  EXITCODES,
  STOPSIGNAL,
  STOPWAITSECS,
  STOPASGROUP,
  KILLASGROUP,
  USER,
  REDIRECT_STDERR,
  STDOUT_LOGFILE,
  STDOUT_LOGFILE_MAXBYTES,
  STDOUT_LOGFILE_BACKUPS,
  STDOUT_CAPTURE_MAXBYTES("there is no capture mode"),
  STDOUT_EVENTS_ENABLED("there are no events of output"),
  STDOUT_SYSLOG("it does not go to syslog"),
  STDERR_LOGFILE,
  STDERR_LOGFILE_MAXBYTES,
  STDERR_LOGFILE_BACKUPS,
  STDERR_CAPTURE_MAXBYTES("there is no capture mode"),
  STDERR_EVENTS_ENABLED("there are no events of output"),
  STDERR_SYSLOG("it does not go to syslog"),
  ENVIRONMENT,
  DIRECTORY,
  UMASK,
  SERVERURL("there is no server");

  private final Treatment treatment;
  private final String why;

  ProgramKey() {
    this.treatment = Treatment.HONOURED;
    this.why = "";
  }

  ProgramKey(String why) {
    this.treatment = Treatment.REPORTED;
    this.why = why;
  }

  /** As it is written. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  Treatment treatment() {
    return treatment;
  }

  /** Why it is reported. */
  String why() {
    return why;
  }

  static Optional<ProgramKey> of(String written) {
    return Stream.of(values()).filter(key -> key.text().equals(written)).findFirst();
  }
}
