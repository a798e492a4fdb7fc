package org.jsupervisor.log;

import java.util.Optional;

/**
 * The name of a file that was rotated: a label, and what has been done to it.
 *
 * @param label when it was rotated; unique in its directory
 * @param state how far it has come
 */
record OldName(Tai64n label, State state) {
  /** Behind the label of a file that was synced. */
  static final String SAFE = ".s";

  /** Behind the label of one that is not known to be. */
  static final String UNSAFE = ".u";

  /** What stands behind the label. Of two files with one label, the later state is complete. */
  enum State {
    /** What a program or the compression has made so far: worthless after a crash. */
    TEMPORARY(".t"),
    /** As svlogd and s6-log: not known to be on the disk, or not yet processed. */
    UNSAFE(OldName.UNSAFE),
    /** As svlogd and s6-log: it was synced, and processed by the program if there is one. */
    SAFE(OldName.SAFE),
    /** Compressed, of a file that was not known to be on the disk. */
    UNSAFE_COMPRESSED(OldName.UNSAFE + ".gz"),
    /** Compressed, of one that was. */
    SAFE_COMPRESSED(OldName.SAFE + ".gz");

    private final String suffix;

    State(String suffix) {
      this.suffix = suffix;
    }

    boolean isCompressed() {
      return this == UNSAFE_COMPRESSED || this == SAFE_COMPRESSED;
    }
  }

  /** Empty if the name is not of this kind. */
  static Optional<OldName> parse(String name) {
    if (name.length() <= Tai64n.LENGTH) {
      return Optional.empty();
    }
    String suffix = name.substring(Tai64n.LENGTH);
    for (State state : State.values()) {
      if (state.suffix.equals(suffix)) {
        return Tai64n.parse(name.substring(0, Tai64n.LENGTH))
            .map(label -> new OldName(label, state));
      }
    }
    return Optional.empty();
  }

  OldName in(State changed) {
    return new OldName(label, changed);
  }

  @Override
  public String toString() {
    return label + state.suffix;
  }
}
