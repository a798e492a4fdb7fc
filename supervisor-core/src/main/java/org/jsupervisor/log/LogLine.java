package org.jsupervisor.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a log directory. Immutable.
 *
 * @param directory whose line it is, as it was named to the reader
 * @param whole the line with its timestamp, exactly as it is in the file
 * @param time its timestamp; empty if it has none, or none that is known
 * @param message the line without the timestamp and the blank after it
 */
public record LogLine(
    Path directory, OutputLine whole, Optional<Instant> time, OutputLine message) {
  /** For people: the time in UTC, if it has one, and {@link OutputLine#text} of the message. */
  public String text() {
    return time.map(moment -> moment + " ").orElse("") + message.text();
  }
}
