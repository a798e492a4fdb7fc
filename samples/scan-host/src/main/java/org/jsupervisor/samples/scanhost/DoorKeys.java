package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.jmx.remote.ClientCertificates;
import org.jsupervisor.spec.SpecProblem;

/**
 * The files for TLS.
 *
 * @param own PKCS12 with the key of this host; for its user only
 * @param password a file whose first line is the password of both; for its user only
 * @param trusted PKCS12 with the certificates of those who may connect; for nobody else to write
 * @param certificates whether they have to show one
 */
record DoorKeys(Path own, Path password, Optional<Path> trusted, ClientCertificates certificates) {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final int PASSWORD_BYTES_MAX = 4096;

  static DoorKeys of(CommandLine line, ClientCertificates certificates)
      throws Arguments.UsageException {
    Path own = needed(line, Option.JMX_KEYS);
    Path password = needed(line, Option.JMX_PASSWORD);
    return switch (certificates) {
      case REQUIRED ->
          new DoorKeys(own, password, Optional.of(needed(line, Option.JMX_TRUST)), certificates);
      case NOT_ASKED -> {
        if (line.has(Option.JMX_TRUST)) {
          throw new Arguments.UsageException(
              "option '--jmx-trust' means nothing where certificates are not asked for");
        }
        yield new DoorKeys(own, password, Optional.empty(), certificates);
      }
    };
  }

  private static Path needed(CommandLine line, Option option) throws Arguments.UsageException {
    return Arguments.path(
        line.one(option)
            .orElseThrow(
                () ->
                    new Arguments.UsageException(
                        "option '--jmx' needs '" + option.word() + "', too")));
  }

  /**
   * What speaks TLS with these.
   *
   * @throws UnusableFileException if one of the files cannot be used
   */
  SSLContext context() throws IOException {
    char[] secret = UnusableFileException.checked(password, DoorKeys::firstLine);
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(UnusableFileException.checked(own, file -> secretStore(file, secret)), secret);
      TrustManager[] trust = {};
      if (trusted.isPresent()) {
        TrustManagerFactory known =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore clients =
            UnusableFileException.checked(trusted.get(), file -> store(file, secret));
        known.init(clients);
        trust = known.getTrustManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the JMX connector cannot speak TLS: " + e.getMessage(), e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static char[] firstLine(Path file) throws IOException {
    requireSecret(file);
    requireTrusted(file);
    if (Files.size(file) > PASSWORD_BYTES_MAX) {
      throw new IOException("must have at most " + PASSWORD_BYTES_MAX + " bytes");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    String line = text.lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new IOException("must have a password in its first line");
    }
    return line.toCharArray();
  }

  private static KeyStore secretStore(Path file, char[] secret)
      throws IOException, GeneralSecurityException {
    requireSecret(file);
    return store(file, secret);
  }

  private static KeyStore store(Path file, char[] secret)
      throws IOException, GeneralSecurityException {
    requireTrusted(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, secret);
    }
    if (store.size() == 0) {
      throw new IOException("must have a certificate");
    }
    return store;
  }

  /** Whoever could exchange it could let himself in. */
  private static void requireTrusted(Path file) throws IOException {
    Path root = file.toAbsolutePath().getRoot();
    List<SpecProblem> problems = DefinitionSettings.of(root).distrust(file);
    if (!problems.isEmpty()) {
      // It may be about a directory above; the file itself is named by who is told.
      String problem = problems.get(0).toString();
      String own = file + ": ";
      throw new IOException(problem.startsWith(own) ? problem.substring(own.length()) : problem);
    }
  }

  private static void requireSecret(Path file) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile() || !OWNERS.containsAll(found.permissions())) {
      throw new IOException(
          "must be a regular file for its owner only (0600 or 0400), was "
              + PosixFilePermissions.toString(found.permissions()));
    }
  }
}
