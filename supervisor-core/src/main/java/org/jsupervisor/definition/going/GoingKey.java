package org.jsupervisor.definition.going;

import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;

/** The keys of a file of going's; {@code docs/formats/going.md} describes them. */
enum GoingKey {
  CMD("cmd", Treatment.HONOURED),
  CWD("cwd", Treatment.HONOURED),
  ENV("env", Treatment.REPORTED),
  ENVIRONMENT("environment", Treatment.REPORTED),
  USER("user", Treatment.REPORTED),
  GROUP("group", Treatment.REPORTED),
  CHROOT("chroot", Treatment.REPORTED),
  QUARANTINE("quarantine", Treatment.REPORTED),
  QUARANTINE_MAX("quarantine-max", Treatment.REPORTED);

  private final String text;
  private final Treatment strictly;

  GoingKey(String text, Treatment strictly) {
    this.text = text;
    this.strictly = strictly;
  }

  /** As it is written in the file. */
  String text() {
    return text;
  }

  /** By going's own rules; by the extended ones all are honoured. */
  Treatment strictly() {
    return strictly;
  }

  /** The key that is written so. */
  static Optional<GoingKey> of(String written) {
    return Stream.of(values()).filter(key -> key.text.equals(written)).findFirst();
  }

  /** Whether it may stand several times by the extended rules. */
  boolean isRepeatable() {
    return this == ENV;
  }
}
