package org.jsupervisor.wish;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A disk that writes down what is done to it, and tells all contents that a file may have when the
 * power fails at any time: bytes that were not synced may be there in part or as zeros; names that
 * were not synced may be the old ones or the new ones.
 */
final class PowerFailureDisk implements Disk {
  /** A file: what was written, and how much of that stays. */
  private static final class Content {
    private final byte[] written;
    private boolean synced;

    Content(byte[] written) {
      this.written = written;
    }

    /** What may be left of it. */
    List<byte[]> afterPowerFailure() {
      if (synced) {
        return List.of(written);
      }
      byte[] torn = Arrays.copyOf(written, written.length / 2);
      return List.of(written, torn, new byte[0], new byte[written.length]);
    }
  }

  private final Map<Path, Content> names = new HashMap<>();

  /** What a name may stand for after a failure of power: the last synced one, and all since. */
  private final Map<Path, List<Optional<Content>>> possible = new HashMap<>();

  private final List<byte[]> seen = new ArrayList<>();
  private final Path watched;

  PowerFailureDisk(Path watched) {
    this.watched = watched;
  }

  /** All contents that the watched file could have had after a failure of power, at any step. */
  List<byte[]> everyPossibleContent() {
    return seen;
  }

  private void step() {
    for (Optional<Content> content : possible.getOrDefault(watched, List.of())) {
      content.ifPresent(file -> seen.addAll(file.afterPowerFailure()));
    }
  }

  private void name(Path file, @Nullable Content content) {
    possible
        .computeIfAbsent(file, path -> new ArrayList<>(List.of(Optional.empty())))
        .add(Optional.ofNullable(content));
    if (content == null) {
      names.remove(file);
    } else {
      names.put(file, content);
    }
    step();
  }

  private Content there(Path file) throws IOException {
    Content content = names.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }

  @Override
  public void write(Path file, byte[] content) {
    name(file, new Content(content));
  }

  @Override
  public void sync(Path file) throws IOException {
    there(file).synced = true;
    step();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    name(to, there(from));
    name(from, null);
  }

  @Override
  public void syncNames(Path directory) {
    possible.forEach(
        (file, contents) -> {
          contents.clear();
          contents.add(Optional.ofNullable(names.get(file)));
        });
    step();
  }

  @Override
  public void delete(Path file) {
    name(file, null);
  }
}
