package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at and reads files that decide what is executed: only regular ones, of trusted owners, that
 * nobody else may write, below directories in which nobody else can exchange them. What a link
 * leads to is judged, and the way there; a file that is exchanged between the look and the opening
 * is refused. Confined to the call that reads a definition; each problem is told to its findings.
 */
public final class TrustedFiles {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  private final DefinitionSettings settings;
  private final Findings findings;
  private final TrustedPath way;

  /** Trusts whom the settings trust. */
  public TrustedFiles(DefinitionSettings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
    this.way = new TrustedPath(settings, findings);
  }

  /**
   * Whether a file is there that may be missing; as with one that is read, {@link
   * DefinitionSettings#filesTold} hears of it. Trusts nothing yet.
   */
  public boolean exists(Path path, LinkOption... options) {
    settings.filesTold().accept(path);
    return Files.exists(path, options);
  }

  /** Whether the file or directory is there and nobody else could have written it. */
  public boolean isTrusted(Path path) {
    try {
      TrustedPath.Real real = way.follow(path);
      return isTrusted(path, attributes(real.path())) && real.isTrusted();
    } catch (NoSuchFileException missing) {
      findings.problem(path.toString(), "", "is missing");
    } catch (IOException | UnsupportedOperationException e) {
      findings.problem(path.toString(), "", "cannot be read: " + e);
    }
    return false;
  }

  private boolean isTrusted(Path path, PosixFileAttributes attributes) {
    int before = findings.count();
    if (!settings.trustedOwners().contains(attributes.owner())) {
      findings.problem(
          path.toString(),
          attributes.owner().getName(),
          "must be owned by root or the user of the supervisor");
    }
    Set<PosixFilePermission> mode = attributes.permissions();
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      findings.problem(
          path.toString(),
          PosixFilePermissions.toString(mode),
          "must not be writable by group or others");
    }
    return findings.count() == before;
  }

  /**
   * The whole of a file that has at most so many bytes; empty, and a problem, if it has more or
   * cannot be trusted or read.
   */
  public Optional<byte[]> readAll(Path path, int bytesMax) {
    Optional<byte[]> content = read(path, bytesMax + 1);
    if (content.isPresent() && content.get().length > bytesMax) {
      findings.problem(path.toString(), "", "must have at most " + bytesMax + " bytes");
      return Optional.empty();
    }
    return content;
  }

  /**
   * The first bytes of a file, at most so many; empty, and a problem, if it cannot be trusted or
   * read.
   */
  public Optional<byte[]> read(Path path, int bytesMax) {
    settings.filesTold().accept(path);
    try {
      TrustedPath.Real followed = way.follow(path);
      Path real = followed.path();
      PosixFileAttributes before = attributes(real);
      if (!before.isRegularFile()) {
        findings.problem(path.toString(), "", "must be a regular file");
        return Optional.empty();
      }
      if (!isTrusted(path, before) || !followed.isTrusted()) {
        return Optional.empty();
      }
      try (SeekableByteChannel channel =
          Files.newByteChannel(real, Set.of(StandardOpenOption.READ, NO_LINKS))) {
        byte[] content = read(channel, bytesMax);
        PosixFileAttributes after = attributes(real);
        if (isSame(before, after)) {
          return Optional.of(content);
        }
        findings.problem(path.toString(), "", "is being changed while it is read; try again");
      }
    } catch (NoSuchFileException missing) {
      findings.problem(path.toString(), "", "is missing");
    } catch (IOException | UnsupportedOperationException e) {
      findings.problem(path.toString(), "", "cannot be read: " + e);
    }
    return Optional.empty();
  }

  private static PosixFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, PosixFileAttributes.class, NO_LINKS);
  }

  private static boolean isSame(PosixFileAttributes before, PosixFileAttributes after) {
    return Objects.equals(before.fileKey(), after.fileKey())
        && before.size() == after.size()
        && before.lastModifiedTime().equals(after.lastModifiedTime());
  }

  private static byte[] read(SeekableByteChannel channel, int bytesMax) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytesMax, channel.size() + 1));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        break;
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
