package org.jsupervisor.definition.s6rc;

import java.util.Optional;
import java.util.stream.Stream;

/** The types of definitions. */
enum SourceType {
  /** Something that is done once. */
  ONESHOT("oneshot"),
  /** A process that is to stay. */
  LONGRUN("longrun"),
  /** A name for several others. */
  BUNDLE("bundle");

  private final String text;

  SourceType(String text) {
    this.text = text;
  }

  static Optional<SourceType> written(String text) {
    return Stream.of(values()).filter(each -> each.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
