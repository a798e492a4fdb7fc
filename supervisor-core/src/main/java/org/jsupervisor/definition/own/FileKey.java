package org.jsupervisor.definition.own;

import java.util.Optional;
import java.util.stream.Stream;

/** What a service file may say besides the keys of services. */
enum FileKey {
  SERVICES("services"),
  DEFAULTS("defaults"),
  SETTINGS("settings"),
  INCLUDE("include"),
  PARAMETERS("parameters");

  /** What settings begin with where there are no maps. */
  static final String SETTINGS_PREFIX = "settings.";

  private final String text;

  FileKey(String text) {
    this.text = text;
  }

  /** As it is written. */
  String text() {
    return text;
  }

  /** The key that is written so. */
  static Optional<FileKey> of(String written) {
    return written.startsWith(SETTINGS_PREFIX)
        ? Optional.of(SETTINGS)
        : Stream.of(values()).filter(key -> key.text.equals(written)).findFirst();
  }
}
