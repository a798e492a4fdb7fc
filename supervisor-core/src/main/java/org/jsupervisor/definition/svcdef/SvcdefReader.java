package org.jsupervisor.definition.svcdef;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.directory.ServiceFiles;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads {@code svcdef} definitions: a directory with {@code env}, which has the settings of a
 * daemon as files or leads to those of one version, and {@code run}, which is a link to a template
 * that all share. The template is not executed: what it would do is done by the spec, so no shell
 * is involved. {@code docs/formats/svcdef.md} has the table of all files and variables.
 *
 * <p>Settings come from {@code ../.env}, over it {@code env}, over it the {@linkplain
 * DefinitionSettings#site site's}. Immutable and thread-safe.
 */
public final class SvcdefReader implements DefinitionReader {
  private static final Pattern VERSION = Pattern.compile("[^./\\p{Cntrl}][^/\\p{Cntrl}]*");

  private final Map<String, String> versions;
  private final AccountUse accounts;

  /** A reader that leaves the choice of versions to {@code env}; accounts own files only. */
  public SvcdefReader() {
    this(Map.of(), AccountUse.OWNS_FILES);
  }

  private SvcdefReader(Map<String, String> versions, AccountUse accounts) {
    this.versions = Map.copyOf(versions);
    this.accounts = accounts;
  }

  /**
   * The same, with this version of one definition, wherever its {@code env} leads to; {@link
   * Versions#of} tells which there are. Another choice later is the roll-back. A version that is
   * not there refuses the definition.
   *
   * @param definition its name
   * @throws IllegalArgumentException if one of them cannot be a name
   */
  public SvcdefReader withVersion(String definition, String version) {
    if (!ChildId.isName(definition)) {
      throw new IllegalArgumentException("definition '" + definition + "': " + ChildId.NAME_RULE);
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "version '" + version + "': must be the name of a directory, without a dot before it");
    }
    Map<String, String> more = new TreeMap<>(versions);
    more.put(definition, version);
    return new SvcdefReader(more, accounts);
  }

  /** The same, with another use of {@code T_UID} and {@code T_GID} (default: they own files). */
  public SvcdefReader withAccounts(AccountUse replacement) {
    return new SvcdefReader(versions, replacement);
  }

  /**
   * A directory with {@code env} whose {@code run} is a link into {@code ../.run/}; without {@code
   * run}, one whose {@code env} is a link, or has a {@code DAEMON} or {@code GETTY}. One with a
   * script of its own is a service directory like others.
   */
  @Override
  public boolean reads(DirectoryEntry entry) {
    Path env = entry.path().resolve("env");
    if (entry.kind() != DirectoryEntry.Kind.DIRECTORY || !exists(env)) {
      return false;
    }
    Path run = entry.path().resolve("run");
    return exists(run)
        ? isTemplate(entry.path(), run)
        : Files.isSymbolicLink(env)
            || exists(env.resolve("DAEMON"))
            || exists(env.resolve("GETTY"));
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isTemplate(Path definition, Path run) {
    Path templates = LinkChain.real(definition).resolveSibling(".run");
    return LinkChain.of(run).hops().stream().skip(1).anyMatch(hop -> hop.startsWith(templates));
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    ServiceFiles files = new ServiceFiles(entry.path(), settings, findings);
    String name = entry.name();
    if (!ChildId.isName(name) || !files.isTrusted()) {
      return List.of(findings.concludeAll(entry, name, List::of));
    }
    Optional<Path> env = env(files, name);
    List<ProcessSpec.Builder> children =
        env.isEmpty()
            ? List.of()
            : new SvcdefService(files, name, settings, findings).children(env.get(), accounts);
    return List.of(
        findings.concludeAll(
            entry, name, () -> children.stream().map(ProcessSpec.Builder::build).toList()));
  }

  private Optional<Path> env(ServiceFiles files, String name) {
    Versions there = Versions.of(files.directory());
    String chosen = versions.get(name);
    if (chosen != null) {
      if (there.has(chosen)) {
        return Optional.of(there.directory().resolve(chosen));
      }
      files.problem("env", chosen, "the version must be one of " + there.names());
      return Optional.empty();
    }
    if (files.hasDirectory("env")) {
      return Optional.of(files.path("env"));
    }
    files.problem(
        "env",
        LinkChain.of(files.path("env")).end().toString(),
        "must be, or lead to, a directory; of versions there are " + there.names());
    return Optional.empty();
  }

  /** Also where versions are, and what holds for all definitions. */
  @Override
  public List<Path> places(DirectoryEntry entry) {
    Path real = LinkChain.real(entry.path());
    List<Path> places = new ArrayList<>();
    places.add(entry.path());
    Versions there = Versions.of(real);
    Stream.of(
            real.resolve("needs"),
            real.resolve("log"),
            there.directory(),
            LinkChain.of(real.resolve("env")).end(),
            real.resolveSibling(".env"))
        .filter(Files::isDirectory)
        .forEach(places::add);
    Optional.ofNullable(versions.get(entry.name()))
        .filter(there::has)
        .ifPresent(version -> places.add(there.directory().resolve(version)));
    return List.copyOf(places);
  }
}
