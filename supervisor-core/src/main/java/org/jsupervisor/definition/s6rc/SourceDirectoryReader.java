package org.jsupervisor.definition.s6rc;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads source directories of s6-rc, as {@code s6-rc-compile} does: the scan directory is the
 * source directory, and each directory in it that has a file {@code type} is one definition.
 * Stateless and thread-safe.
 *
 * <p>A longrun is a child that is always started again; a oneshot is one that is run once, and is
 * ready when it has completed; a bundle is no child, but what others may depend on. {@code
 * docs/formats/s6-rc.md} has the table of all files.
 */
public final class SourceDirectoryReader implements DefinitionReader {
  /** Where {@code execlineb} is looked for, in this order. */
  public static final List<Path> EXECLINE_PLACES =
      List.of(
          Path.of("/usr/bin/execlineb"),
          Path.of("/bin/execlineb"),
          Path.of("/usr/local/bin/execlineb"),
          Path.of("/command/execlineb"));

  private static final List<String> RESERVED = List.of("s6rc-", "s6-rc-");

  private final List<Path> execline;

  /** A reader that looks for {@code execlineb} in {@link #EXECLINE_PLACES}. */
  public SourceDirectoryReader() {
    this(EXECLINE_PLACES);
  }

  private SourceDirectoryReader(List<Path> execline) {
    this.execline = List.copyOf(execline);
  }

  /** A reader for which {@code execlineb}, which oneshots need, is here. */
  public static SourceDirectoryReader withExecline(Path execlineb) {
    return new SourceDirectoryReader(List.of(execlineb.toAbsolutePath()));
  }

  /** A directory with something in it that is called {@code type}. */
  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() == DirectoryEntry.Kind.DIRECTORY
        && Files.exists(entry.path().resolve("type"), LinkOption.NOFOLLOW_LINKS);
  }

  /** No definitions, if it is a bundle that is in order. */
  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    ServiceFiles files = new ServiceFiles(entry.path(), settings, findings);
    String name = entry.name();
    if (RESERVED.stream().anyMatch(name::startsWith)) {
      files.problem("", name, "must not begin with " + String.join(" or ", RESERVED));
    }
    if (!ChildId.isName(name) || !files.isTrusted()) {
      return List.of(findings.concludeAll(entry, name, List::of));
    }
    Optional<SourceType> type = type(files);
    if (type.isEmpty()) {
      return List.of(findings.concludeAll(entry, name, List::of));
    }
    SourceFiles.tell(files, type.get());
    return switch (type.get()) {
      case BUNDLE -> bundle(entry, files, findings);
      case ONESHOT -> one(entry, findings, new Oneshot(files, name, settings, execline).child());
      case LONGRUN -> one(entry, findings, new Longrun(files, name, settings).child());
    };
  }

  /** The directory, and its lists that are directories. */
  @Override
  public List<Path> places(DirectoryEntry entry) {
    Path path = entry.path();
    return List.of(path, path.resolve("dependencies.d"), path.resolve("contents.d"));
  }

  private static List<Definition> one(
      DirectoryEntry entry, Findings findings, ProcessSpec.Builder child) {
    return List.of(findings.conclude(entry, entry.name(), child::build));
  }

  private static Optional<SourceType> type(ServiceFiles files) {
    Optional<String> text = files.value("type");
    Optional<SourceType> type = text.flatMap(SourceType::written);
    if (text.isPresent() && type.isEmpty()) {
      files.problem("type:1", text.get(), "must be oneshot, longrun or bundle");
    }
    return type;
  }

  /** It is resolved where it is named; here it is judged only. */
  private static List<Definition> bundle(
      DirectoryEntry entry, ServiceFiles files, Findings findings) {
    Siblings siblings = new Siblings(files);
    for (String name : siblings.atomic("contents", List.of(entry.name()))) {
      if (!siblings.isThere(name)) {
        files.problem("contents", name, "must name services or bundles of this directory");
      }
    }
    return findings.count() == 0
        ? List.of()
        : List.of(findings.concludeAll(entry, entry.name(), List::of));
  }
}
