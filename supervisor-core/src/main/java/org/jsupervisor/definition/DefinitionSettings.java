package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsupervisor.spec.SpecProblem;

/**
 * What definitions are read with. Immutable.
 *
 * @param logRoot where the log directories of children are that do not name their own
 * @param trustedOwners whose files are honoured; whoever may write a definition runs programs as
 *     the host's user
 */
public record DefinitionSettings(Path logRoot, Set<UserPrincipal> trustedOwners) {
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  /** Makes the log root absolute. */
  public DefinitionSettings {
    logRoot = logRoot.toAbsolutePath().normalize();
    trustedOwners = Set.copyOf(trustedOwners);
  }

  /**
   * Trusts root and the user of this process.
   *
   * @throws IOException if the operating system does not tell who they are
   */
  public static DefinitionSettings of(Path logRoot) throws IOException {
    UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
    Set<UserPrincipal> trusted = new HashSet<>();
    // By number: a small container image may have no entry for the name.
    trusted.add(users.lookupPrincipalByName("0"));
    // The JVM's user.name is '?' for a user id without an entry, as is usual in containers.
    trusted.add(
        Files.exists(OWN_PROCESS)
            ? Files.getOwner(OWN_PROCESS)
            : users.lookupPrincipalByName(System.getProperty("user.name")));
    return new DefinitionSettings(logRoot, trusted);
  }

  /**
   * What speaks against honouring this file or directory: it is missing, belongs to somebody who is
   * not trusted, or may be written by others, or somebody else could exchange a directory above it.
   * Empty if nothing does. A symbolic link is judged by what it leads to, and by the way there.
   */
  public List<SpecProblem> distrust(Path path) {
    Findings findings = new Findings();
    new TrustedFiles(this, findings).isTrusted(path);
    return findings.problems();
  }
}
