package org.jsupervisor.definition.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads service directories of daemontools, daemontools-encore, runit, s6 and perp: a directory
 * with a program {@code run}, or {@code rc.main}. Stateless and thread-safe.
 *
 * <p>The program is executed in the service directory and always started again. What else is in the
 * directory is honoured as the family has it, told as a note, or refused; nothing that a family
 * knows is passed over in silence. {@code docs/formats/service-directories.md} has the whole table.
 *
 * <p>A logger ({@code log/run}, encore's {@code log}, perp's {@code rc.log}) is a child of its own,
 * called as the service with {@value #LOGGER_SUFFIX} behind, that reads what the service writes.
 */
public final class ServiceDirectoryReader implements DefinitionReader {
  /** What the name of a logger ends with. */
  public static final String LOGGER_SUFFIX = ".log";

  private final Optional<Family> chosen;

  /**
   * A reader that tells by the files of each directory whose it is. One in which nothing tells is
   * read as runit's.
   */
  public ServiceDirectoryReader() {
    this(Optional.empty());
  }

  private ServiceDirectoryReader(Optional<Family> chosen) {
    this.chosen = chosen;
  }

  /** A reader for which all directories are of this family. */
  public static ServiceDirectoryReader of(Family family) {
    return new ServiceDirectoryReader(Optional.of(family));
  }

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() == DirectoryEntry.Kind.DIRECTORY;
  }

  /** No definitions, if it is a directory of perp that is not active: without the sticky bit. */
  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    ServiceFiles files = new ServiceFiles(entry.path(), settings, findings);
    String name = entry.name();
    if (!ChildId.isName(name) || !files.isTrusted()) {
      return List.of(findings.concludeAll(entry, name, List::of));
    }
    Family family = chosen.orElseGet(() -> Recognition.of(files));
    if (family == Family.PERP && !PerpService.isActive(files)) {
      return List.of();
    }
    List<ProcessSpec.Builder> children =
        family == Family.PERP
            ? new PerpService(files, name, settings).children()
            : new RunService(files, name, family, settings).children();
    FamilyFiles.tell(files, family);
    EnvironmentFiles.tell(files, settings);
    return List.of(
        findings.concludeAll(
            entry, name, () -> children.stream().map(ProcessSpec.Builder::build).toList()));
  }

  /** The directory, and that of its logger. */
  @Override
  public List<Path> places(DirectoryEntry entry) {
    return List.of(entry.path(), entry.path().resolve("log"));
  }
}
