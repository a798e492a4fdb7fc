package org.jsupervisor.rescan;

import java.nio.file.Path;
import java.util.Locale;
import org.jsupervisor.process.ChildId;

/**
 * What becomes of one child. Immutable.
 *
 * @param action what is done
 * @param id whom to
 * @param origin the entry of the scan directory that says so, or from which the child came
 * @param reason why, one phrase for people; shows no value of a definition
 */
public record Change(Action action, ChildId id, Path origin, String reason) {
  /** What can be done. */
  public enum Action {
    /** It is new: it is defined, and started unless it is to be down initially. */
    START,
    /** Its definition is gone: it is stopped and removed. */
    STOP,
    /** It is given another definition, with which it starts anew if it is wanted up. */
    RESTART,
    /** It stays as it is. */
    KEEP
  }

  /** As {@code restart web: command, environment changed}. */
  @Override
  public String toString() {
    return action.name().toLowerCase(Locale.ROOT) + " " + id + ": " + reason;
  }
}
