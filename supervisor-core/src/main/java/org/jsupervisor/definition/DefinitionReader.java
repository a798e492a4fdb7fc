package org.jsupervisor.definition;

import java.util.Optional;

/**
 * Reads one format of definitions. Implement it to add your own.
 *
 * <p>Both methods depend on nothing but the file system and their arguments, and keep no state;
 * they may be called from several threads. Whatever is wrong with the content is a {@link
 * Definition.Refused}, with all problems at once; nothing is thrown for it.
 */
public interface DefinitionReader {
  /**
   * The name of the child that the entry would define, if it has this reader's format to judge by
   * its name and kind; empty if it is not this reader's. Opens nothing.
   */
  Optional<String> childName(DirectoryEntry entry);

  /** Reads an entry for which {@link #childName} is present. */
  Definition read(DirectoryEntry entry, DefinitionSettings settings);
}
