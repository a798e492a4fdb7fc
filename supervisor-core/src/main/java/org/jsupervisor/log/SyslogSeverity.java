package org.jsupervisor.log;

import java.util.Optional;
import java.util.stream.Stream;

/** How bad a syslog record is, as RFC 5424 has it; the worst first. */
public enum SyslogSeverity {
  EMERGENCY(0),
  ALERT(1),
  CRITICAL(2),
  ERROR(3),
  WARNING(4),
  NOTICE(5),
  INFO(6),
  DEBUG(7);

  private final int code;

  SyslogSeverity(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** That of a digit, as a line may begin with it. */
  static Optional<SyslogSeverity> ofDigit(char digit) {
    return Stream.of(values()).filter(severity -> severity.code == digit - '0').findFirst();
  }
}
