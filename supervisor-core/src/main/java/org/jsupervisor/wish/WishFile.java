package org.jsupervisor.wish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.spec.SpecProblem;

/**
 * A file of wishes. It is replaced as a whole and never written in place, so that at any moment,
 * and after any loss of power, it is one that was saved. Confined to one thread at a time.
 */
final class WishFile {
  /** More is not ours: as many wishes as are kept, with the longest names and reasons. */
  private static final int BYTES_MAX = 1 << 23;

  private final Path file;
  private final Disk disk;

  WishFile(Path file, Disk disk) {
    this.file = file.toAbsolutePath();
    this.disk = disk;
  }

  /**
   * What was read.
   *
   * @param wishes none if there was no file, or a bad one
   * @param problem why it was not taken
   * @param mayBeSaved whether a new file may take its place
   */
  record Reading(List<Wish> wishes, Optional<String> problem, boolean mayBeSaved) {}

  private Path directory() {
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  private Path sibling(String prefix, String suffix) {
    return directory().resolve(prefix + file.getFileName() + suffix);
  }

  /** What is there. A file that is not good is kept aside, as {@code NAME.bad}. */
  Reading read() {
    try {
      Findings findings = new Findings();
      return read(new TrustedFiles(DefinitionSettings.of(directory()), findings), findings);
    } catch (IOException e) {
      return refused(file + ": cannot be read: " + e);
    }
  }

  private Reading read(TrustedFiles files, Findings findings) {
    if (!files.isTrusted(directory())) {
      return refused(findings);
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Reading(List.of(), Optional.empty(), true);
    }
    // Whose file it is not, is not ours to replace either.
    Optional<byte[]> content = files.readAll(file, BYTES_MAX);
    if (content.isEmpty()) {
      return refused(findings);
    }
    try {
      return new Reading(WishText.read(content.get()), Optional.empty(), true);
    } catch (WishText.BadTextException bad) {
      return new Reading(
          List.of(), Optional.of(file + ": " + bad.getMessage() + keepAside()), true);
    }
  }

  private static Reading refused(Findings findings) {
    return refused(
        findings.problems().stream().map(SpecProblem::toString).collect(Collectors.joining("; ")));
  }

  private static Reading refused(String why) {
    return new Reading(List.of(), Optional.of(why + "; nothing is remembered"), false);
  }

  private String keepAside() {
    Path aside = sibling("", ".bad");
    try {
      disk.rename(file, aside);
      return "; it is kept as " + aside.getFileName();
    } catch (IOException e) {
      return "; it cannot be kept as " + aside.getFileName() + ": " + e;
    }
  }

  /** Replaces the file. When it fails, what was there is still there. */
  void save(Collection<Wish> wishes) throws IOException {
    Path next = sibling(".", ".next");
    try {
      disk.write(next, WishText.of(wishes));
      disk.sync(next);
      disk.rename(next, file);
    } catch (IOException | RuntimeException e) {
      discard(next, e);
      throw e;
    }
    disk.syncNames(directory());
  }

  private void discard(Path next, Exception failure) {
    try {
      disk.delete(next);
    } catch (IOException another) {
      failure.addSuppressed(another);
    }
  }
}
