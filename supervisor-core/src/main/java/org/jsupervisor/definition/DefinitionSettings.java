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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.SpecProblem;

/**
 * What definitions are read with. Immutable.
 *
 * @param logRoot where the log directories of children are that do not name their own
 * @param trustedOwners whose files are honoured; whoever may write a definition runs programs as
 *     the host's user
 * @param supportedSignals which signals the platform has; may be asked by several threads
 * @param unixSockets makes what sends to a UNIX socket, as that of a syslog daemon
 * @param parameters what the parameters of definitions may take from outside
 * @param site what this site says about services, for the formats that ask
 * @param filesTold is told of each file before it is read, by the path that leads to it, also of
 *     one that is missing or refused; and of each directory that is searched for files
 */
public record DefinitionSettings(
    Path logRoot,
    Set<UserPrincipal> trustedOwners,
    Predicate<Signal> supportedSignals,
    Function<Path, Datagrams> unixSockets,
    ParameterSources parameters,
    SiteSettings site,
    Consumer<Path> filesTold) {
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  /** Makes the log root absolute. */
  public DefinitionSettings {
    logRoot = logRoot.toAbsolutePath().normalize();
    trustedOwners = Set.copyOf(trustedOwners);
  }

  /** All signals are supported, parameters take nothing from outside, and the site says nothing. */
  public DefinitionSettings(Path logRoot, Set<UserPrincipal> trustedOwners) {
    this(
        logRoot,
        trustedOwners,
        signal -> true,
        DefinitionSettings::noSocket,
        ParameterSources.none(),
        SiteSettings.none(),
        file -> {});
  }

  private static Datagrams noSocket(Path path) {
    throw new UnsupportedOperationException(
        path
            + ": nothing was given that sends to UNIX sockets (DefinitionSettings.withUnixSockets)");
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
   * Replaces which signals a definition may name (default: all), for instance by {@code
   * platform::supports}. What names another is refused by itself, before the tree is assembled.
   */
  public DefinitionSettings withSupportedSignals(Predicate<Signal> replacement) {
    return new DefinitionSettings(
        logRoot, trustedOwners, replacement, unixSockets, parameters, site, filesTold);
  }

  /**
   * Replaces what sends to a UNIX socket, for instance by {@code UnixDatagrams::to} of
   * supervisor-posix. Without it there is none, and output that is to go there is lost, with this
   * as the reason.
   */
  public DefinitionSettings withUnixSockets(Function<Path, Datagrams> replacement) {
    return new DefinitionSettings(
        logRoot, trustedOwners, supportedSignals, replacement, parameters, site, filesTold);
  }

  /** Replaces what parameters may take from outside (default: nothing). */
  public DefinitionSettings withParameters(ParameterSources replacement) {
    return new DefinitionSettings(
        logRoot, trustedOwners, supportedSignals, unixSockets, replacement, site, filesTold);
  }

  /** Replaces what this site says about services (default: nothing). */
  public DefinitionSettings withSite(SiteSettings replacement) {
    return new DefinitionSettings(
        logRoot, trustedOwners, supportedSignals, unixSockets, parameters, replacement, filesTold);
  }

  /** Replaces who is told of each file that is read (default: nobody); on the reading thread. */
  public DefinitionSettings withFilesTold(Consumer<Path> replacement) {
    return new DefinitionSettings(
        logRoot, trustedOwners, supportedSignals, unixSockets, parameters, site, replacement);
  }

  /**
   * The signal of this name or number.
   *
   * @throws IllegalArgumentException if there is none, or the platform does not have it
   */
  public Signal signal(String text) {
    Signal signal = Signal.parse(text);
    if (!supportedSignals.test(signal)) {
      throw new IllegalArgumentException(
          "signal '" + signal + "': must be a signal that this platform has");
    }
    return signal;
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
