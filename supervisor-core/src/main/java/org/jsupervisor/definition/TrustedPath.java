package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows a path part by part, as the kernel does, and judges every directory on the way: who can
 * write one of them can exchange what lies below it. As {@code StrictModes} of sshd, but a
 * directory with the sticky bit may be written by all, since there only the owner of an entry can
 * exchange it; so a link in it must have a trusted owner too.
 *
 * <p>A directory that leads to several files of a definition is judged, and told, once. Nothing is
 * kept for longer: the next definition looks at the disk again.
 */
final class TrustedPath {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  /** As Linux. */
  private static final int LINKS_MAX = 40;

  private static final int FILE_TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int ROOT = 0;

  /** How a directory was found. */
  private enum Trust {
    /** Nobody else can change what is in it. */
    CLOSED,
    /** Others can, but not what belongs to somebody else. */
    STICKY,
    /** Others can. */
    NONE
  }

  private final DefinitionSettings settings;
  private final Findings findings;
  private final Map<Path, Trust> judged = new HashMap<>();

  TrustedPath(DefinitionSettings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  /**
   * Where a path leads.
   *
   * @param path without links
   * @param isTrusted whether nobody else could have made it lead elsewhere; if not, it was told
   */
  record Real(Path path, boolean isTrusted) {}

  /** Follows the path; each directory that is not trusted is a problem of it. */
  Real follow(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path at = absolute.getRoot();
    Deque<Path> ahead = new ArrayDeque<>();
    absolute.forEach(ahead::add);
    boolean trusted = true;
    int links = 0;
    while (!ahead.isEmpty()) {
      Trust directory = judge(path, at);
      trusted &= directory != Trust.NONE;
      Path next = at.resolve(ahead.remove()).normalize();
      if (isLink(next)) {
        if (++links > LINKS_MAX) {
          throw new FileSystemLoopException(path + ": too many links");
        }
        trusted &= directory != Trust.STICKY || isLinkTrusted(path, next);
        Path target = Files.readSymbolicLink(next);
        putAhead(ahead, target);
        at = target.isAbsolute() ? target.getRoot() : at;
      } else {
        at = next;
      }
    }
    return new Real(at, trusted);
  }

  private boolean isLink(Path path) throws IOException {
    // What was judged is a directory: several files below it cost one look.
    return !judged.containsKey(path) && (mode(path) & FILE_TYPE) == LINK;
  }

  private static void putAhead(Deque<Path> ahead, Path target) {
    for (int n = target.getNameCount() - 1; n >= 0; n--) {
      ahead.addFirst(target.getName(n));
    }
  }

  private Trust judge(Path path, Path directory) throws IOException {
    Trust known = judged.get(directory);
    if (known == null) {
      known = trust(path, directory);
      judged.put(directory, known);
    }
    return known;
  }

  private Trust trust(Path path, Path directory) throws IOException {
    int mode = mode(directory);
    boolean writable = (mode & WRITABLE_BY_OTHERS) != 0;
    boolean sticky = (mode & STICKY) != 0;
    String place = "must not lie below '" + directory + "', which ";
    boolean owned = isOwnerTrusted(path, directory, place);
    if (writable && !sticky) {
      findings.problem(
          path.toString(),
          PosixFilePermissions.toString(Files.getPosixFilePermissions(directory, NO_LINKS)),
          place + "must not be writable by group or others without the sticky bit");
      return Trust.NONE;
    }
    if (!owned) {
      return Trust.NONE;
    }
    return writable ? Trust.STICKY : Trust.CLOSED;
  }

  private boolean isLinkTrusted(Path path, Path link) throws IOException {
    return isOwnerTrusted(path, link, "must not be reached by the link '" + link + "', which ");
  }

  private boolean isOwnerTrusted(Path path, Path owned, String place) throws IOException {
    if (Files.getAttribute(owned, "unix:uid", NO_LINKS).equals(ROOT)
        || settings.trustedOwners().contains(Files.getOwner(owned, NO_LINKS))) {
      return true;
    }
    findings.problem(
        path.toString(),
        Files.getOwner(owned, NO_LINKS).getName(),
        place + "must be owned by root or the user of the supervisor");
    return false;
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", NO_LINKS);
  }
}
