package org.jsupervisor.log;

import java.util.Optional;

/** What {@code <3>} at the beginning of a line is. */
public enum SyslogPriorities {
  /** Text like any other. */
  TEXT,
  /** How bad the line is, as systemd's sd-daemon has it; it is taken off. */
  READ;

  /** How long {@code <3>} is. */
  static final int LENGTH = 3;

  /** How bad the line says it is, if it does and is heard. */
  Optional<SyslogSeverity> of(String text) {
    return this == READ && text.length() >= LENGTH && text.charAt(0) == '<' && text.charAt(2) == '>'
        ? SyslogSeverity.ofDigit(text.charAt(1))
        : Optional.empty();
  }
}
