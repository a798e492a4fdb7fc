package org.jsupervisor.definition.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.ReadinessSpec;

/**
 * The files of one directory that describes a service: programs, flags that are there or not, and
 * small files with one value. What is wrong with them is told to the findings. Confined to the call
 * that reads a definition.
 */
public final class ServiceFiles {
  /** How many bytes of a file with one value are looked at. */
  public static final int VALUE_BYTES_MAX = 256;

  /** The most entries of a directory below it that are looked at. */
  public static final int ENTRIES_MAX = 1000;

  /** How many names of the directory itself are kept; a service may have its data there. */
  private static final int LISTED_MAX = 10_000;

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]{1,9}");

  private final Path directory;
  private final DefinitionSettings settings;
  private final Findings findings;
  private final TrustedFiles trusted;

  /** What is in the directory, once somebody has asked; formats ask for many names. */
  private @Nullable Set<String> listed;

  /** The files of this directory, which need not be there. */
  public ServiceFiles(Path directory, DefinitionSettings settings, Findings findings) {
    this(directory, settings, findings, new TrustedFiles(settings, findings));
  }

  private ServiceFiles(
      Path directory, DefinitionSettings settings, Findings findings, TrustedFiles trusted) {
    this.directory = directory;
    this.settings = settings;
    this.findings = findings;
    this.trusted = trusted;
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** The path of one of its files. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** The files of a directory in it. */
  public ServiceFiles below(String name) {
    return at(path(name));
  }

  /**
   * The files of the directory {@code log}, if it has a {@code run}. If it is no directory, or
   * others can write it, that is told.
   */
  public Optional<ServiceFiles> logDirectory() {
    if (hasDirectory("log")) {
      return Optional.of(below("log")).filter(log -> log.isTrusted() && log.has("run"));
    }
    if (has("log")) {
      problem("log", "", "must be a directory");
    }
    return Optional.empty();
  }

  /** The files of another directory. */
  public ServiceFiles at(Path other) {
    return new ServiceFiles(other, settings, findings, trusted);
  }

  /** Whether the directory is there and nobody else can write it; if not, that was told. */
  public boolean isTrusted() {
    return trusted.isTrusted(directory);
  }

  /** Whether something has this name, if only a link that leads nowhere. */
  public boolean has(String name) {
    Set<String> known = listed();
    return known.size() <= LISTED_MAX
        ? known.contains(name)
        : Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What is in it, or one more than are kept. Looked at once for the whole definition: what changes
   * meanwhile, the next scan finds.
   */
  private Set<String> listed() {
    Set<String> known = listed;
    if (known == null) {
      known = new HashSet<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Iterator<Path> each = entries.iterator();
            known.size() <= LISTED_MAX && each.hasNext(); ) {
          known.add(String.valueOf(each.next().getFileName()));
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // Then nothing is in it.
      } catch (IOException | DirectoryIteratorException e) {
        findings.problem(directory.toString(), "", "cannot be read: " + e);
      }
      listed = known;
    }
    return known;
  }

  /** Whether this is a directory, or a link to one. */
  public boolean hasDirectory(String name) {
    return has(name) && Files.isDirectory(path(name));
  }

  /** Whether this is a regular, executable file, or a link to one. */
  public boolean hasProgram(String name) {
    return has(name) && Files.isRegularFile(path(name)) && Files.isExecutable(path(name));
  }

  /** Tells all that would keep this program from being executed. */
  public void checkProgram(String name) {
    new RunFile(path(name), trusted, findings).check();
  }

  /**
   * Whether there is such a program, which need not be there. One that is there and could not be
   * executed is a problem; a file without the right to be executed is a note, as the families pass
   * it over.
   */
  public boolean checkOptionalProgram(String name) {
    if (hasProgram(name)) {
      checkProgram(name);
      return true;
    }
    if (has(name)) {
      note(name, "", "is not run: it is no executable file");
    }
    return false;
  }

  /** The beginning of a file that was found trusted; empty if that cannot be had. */
  Optional<String> head(String name, int bytesMax) {
    Findings told = new Findings();
    return new TrustedFiles(settings, told)
        .read(path(name), bytesMax)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** The whole of a file of at most so many bytes; empty, and a problem, if that cannot be had. */
  public Optional<String> text(String name, int bytesMax) {
    return trusted
        .readAll(path(name), bytesMax)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The value of a file: its first line, without blanks around it; empty if there is no such file,
   * or it cannot be read, which is a problem. More lines are a note.
   */
  public Optional<String> value(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    Optional<String> text =
        trusted
            .read(path(name), VALUE_BYTES_MAX)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    text.filter(all -> all.lines().skip(1).anyMatch(line -> !line.isBlank()))
        .ifPresent(all -> note(name, "", "has several lines, of which only the first counts"));
    return text.map(all -> all.lines().findFirst().orElse("").strip());
  }

  /** The milliseconds of a file, 0 too; empty if there is none, or a problem. */
  public Optional<Duration> millis(String name) {
    return value(name)
        .flatMap(
            text -> {
              if (MILLIS.matcher(text).matches()) {
                return Optional.of(Duration.ofMillis(Long.parseLong(text)));
              }
              problem(name + ":1", text, "must be a number of milliseconds");
              return Optional.empty();
            });
  }

  /** The signal of a file, by name or number; empty if there is none, or a problem. */
  public Optional<Signal> signal(String name) {
    return value(name)
        .flatMap(text -> findings.attempt(path(name) + ":1", text, () -> settings.signal(text)));
  }

  /** Readiness by the descriptor of a file; empty if there is none, or a problem. */
  public Optional<ReadinessSpec> notified(String name, Duration within) {
    return value(name)
        .flatMap(
            text -> {
              if (!DESCRIPTOR.matcher(text).matches()) {
                problem(name + ":1", text, "must be a descriptor, in decimal");
                return Optional.empty();
              }
              return findings.attempt(
                  path(name) + ":1",
                  text,
                  () -> new ReadinessSpec.Notified(Integer.parseInt(text), within));
            });
  }

  /**
   * The names in the directory, sorted, without those that begin with a dot; empty if it cannot be
   * read, or has more than {@value #ENTRIES_MAX}, which is a problem.
   */
  public List<String> names() {
    List<String> names = listed().stream().filter(name -> !name.startsWith(".")).toList();
    if (names.size() > ENTRIES_MAX) {
      findings.problem(directory.toString(), "", "must have at most " + ENTRIES_MAX + " entries");
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  /** Something in the directory that refuses the definition; {@link Findings#problem}. */
  public void problem(String name, String value, String rule) {
    findings.problem(path(name).toString(), value, rule);
  }

  /** Something in the directory that is told; {@link Findings#note}. */
  public void note(String name, String value, String what) {
    findings.note(path(name).toString(), value, what);
  }
}
