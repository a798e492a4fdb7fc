package org.jsupervisor.definition;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads one format of definitions. Implement it to add your own; {@link Findings} and {@link
 * TrustedFiles} are there to help.
 *
 * <p>Both methods depend on nothing but the file system and their arguments, and keep no state;
 * they may be called from several threads. Whatever is wrong with the content is a {@link
 * Definition.Refused} or {@link Definition.Unreadable}, with all problems at once; nothing is
 * thrown for it.
 */
public interface DefinitionReader {
  /** Whether the entry has this reader's format, to judge by its name and kind. Opens nothing. */
  boolean reads(DirectoryEntry entry);

  /**
   * Reads an entry that this reader {@linkplain #reads reads} and that is neither a dangling link
   * nor special: all children that it defines, in its own order; none if it defines none. If it
   * cannot be known what it defines, the answer is one {@link Definition.Unreadable}.
   */
  List<Definition> read(DirectoryEntry entry, DefinitionSettings settings);

  /**
   * The directories in which changes of an entry are to be noticed that is a directory: not those
   * in which the service itself writes all the time. The default is the entry alone.
   */
  default List<Path> places(DirectoryEntry entry) {
    return List.of(entry.path());
  }
}
