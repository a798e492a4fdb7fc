package org.jsupervisor.spec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A log directory: {@code current} is written, and becomes an old file {@code @<TAI64N>.s} when it
 * is full. Immutable; {@code docs/logs.md} describes the directory.
 *
 * <pre>{@code
 * LogSpec.builder(Path.of("log/web"))
 *     .withFileBytesMax(16 << 20)
 *     .withOldBytesMax(200 << 20)
 *     .withProcessing(LogProcessing.gzip())
 *     .build();
 * }</pre>
 *
 * @param directory made if it is missing; belongs to one child only
 * @param fileBytesMax the size at which {@code current} is rotated, {@value #FILE_BYTES_MIN} to
 *     {@value #FILE_BYTES_MAX}
 * @param oldFilesMax how many old files are kept, 1 to {@value #OLD_FILES_MAX}; the oldest goes
 * @param oldBytesMax how large they may be together, at least {@code fileBytesMax}; the oldest goes
 * @param fileAgeMax how old the beginning of {@code current} may be when bytes come, at least a
 *     second; an older one is rotated
 * @param lineBytesMax at which length a line is cut into marked parts, {@value #LINE_BYTES_MIN} to
 *     {@value #LINE_BYTES_MAX}, timestamp and prefix not counted
 * @param timestamps what is written before each line
 * @param prefix what is written after the timestamp; at most {@value #PREFIX_BYTES_MAX} bytes in
 *     UTF-8
 * @param selection which lines are kept, at most {@value #RULES_MAX} rules; all if it is empty
 * @param processing what becomes of an old file
 * @param sync when bytes are brought to the disk
 */
public record LogSpec(
    Path directory,
    long fileBytesMax,
    int oldFilesMax,
    OptionalLong oldBytesMax,
    Optional<Duration> fileAgeMax,
    OptionalInt lineBytesMax,
    Timestamps timestamps,
    String prefix,
    List<LineRule> selection,
    LogProcessing processing,
    LogSync sync) {
  /** The smallest size of a file. */
  public static final long FILE_BYTES_MIN = 4096;

  /** The largest size of a file. */
  public static final long FILE_BYTES_MAX = 1L << 40;

  /** The most old files. */
  public static final int OLD_FILES_MAX = 10_000;

  /** The shortest limit of a line. */
  public static final int LINE_BYTES_MIN = 48;

  /** The longest limit of a line. */
  public static final int LINE_BYTES_MAX = 1 << 30;

  /** The longest prefix. */
  public static final int PREFIX_BYTES_MAX = 256;

  /** The most rules of selection. */
  public static final int RULES_MAX = 100;

  private static final Range FILE_BYTES = new Range(FILE_BYTES_MIN, FILE_BYTES_MAX, " bytes");
  private static final Range OLD_FILES = new Range(1, OLD_FILES_MAX, "");
  private static final Range LINE_BYTES = new Range(LINE_BYTES_MIN, LINE_BYTES_MAX, " bytes");
  private static final Range RULES = new Range(0, RULES_MAX, "");

  private record Range(long least, long most, String unit) {}

  /**
   * Checks the limits.
   *
   * @throws InvalidSpecException with all problems
   */
  public LogSpec {
    selection = List.copyOf(selection);
    Problems problems = new Problems();
    require(problems, "file size", fileBytesMax, FILE_BYTES);
    require(problems, "old files", oldFilesMax, OLD_FILES);
    if (oldBytesMax.isPresent() && oldBytesMax.getAsLong() < fileBytesMax) {
      String value = Long.toString(oldBytesMax.getAsLong());
      problems.add(
          "log: size of old files", value, "must be at least the file size, " + fileBytesMax);
    }
    if (fileAgeMax.isPresent()) {
      problems.requirePositive("log: file age", fileAgeMax.get());
      if (fileAgeMax.get().compareTo(Duration.ofSeconds(1)) < 0) {
        problems.add("log: file age", fileAgeMax.get().toString(), "must be at least a second");
      }
    }
    if (lineBytesMax.isPresent()) {
      require(problems, "line length", lineBytesMax.getAsInt(), LINE_BYTES);
    }
    requirePrefix(problems, prefix);
    require(problems, "rules of selection", selection.size(), RULES);
    problems.throwIfAny();
  }

  /** Without what only the builder has. */
  public LogSpec(Path directory, long fileBytesMax, int oldFilesMax, Timestamps timestamps) {
    this(
        directory,
        fileBytesMax,
        oldFilesMax,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        timestamps,
        "",
        List.of(),
        LogProcessing.none(),
        LogSync.onRotation());
  }

  private static void require(Problems problems, String what, long value, Range range) {
    if (value < range.least || value > range.most) {
      String rule = "must be " + range.least + " to " + range.most + range.unit;
      problems.add("log: " + what, Long.toString(value), rule);
    }
  }

  private static void requirePrefix(Problems problems, String prefix) {
    if (prefix.getBytes(StandardCharsets.UTF_8).length > PREFIX_BYTES_MAX) {
      problems.add(
          "log: prefix", prefix, "must have at most " + PREFIX_BYTES_MAX + " bytes in UTF-8");
    }
    if (prefix.chars().anyMatch(Character::isISOControl)) {
      problems.add("log: prefix", prefix, "must not contain control characters");
    }
  }

  /** The directory with the defaults: 10 MiB a file, 10 old files, ISO 8601 timestamps. */
  public static LogSpec of(Path directory) {
    return builder(directory).build();
  }

  /** A builder for what is mandatory. */
  public static Builder builder(Path directory) {
    return new Builder(new LogSpec(directory, 10L << 20, 10, Timestamps.ISO_8601));
  }

  /** A builder that has all parts of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Collects the parts; nothing is checked before {@link #build}, which tells all problems at once.
   * Not thread-safe; may be built from several times.
   */
  public static final class Builder {
    private Path directory;
    private long fileBytesMax;
    private int oldFilesMax;
    private OptionalLong oldBytesMax;
    private Optional<Duration> fileAgeMax;
    private OptionalInt lineBytesMax;
    private Timestamps timestamps;
    private String prefix;
    private final List<LineRule> selection;
    private LogProcessing processing;
    private LogSync sync;

    private Builder(LogSpec spec) {
      directory = spec.directory;
      fileBytesMax = spec.fileBytesMax;
      oldFilesMax = spec.oldFilesMax;
      oldBytesMax = spec.oldBytesMax;
      fileAgeMax = spec.fileAgeMax;
      lineBytesMax = spec.lineBytesMax;
      timestamps = spec.timestamps;
      prefix = spec.prefix;
      selection = new ArrayList<>(spec.selection);
      processing = spec.processing;
      sync = spec.sync;
    }

    /** Replaces the directory. */
    public Builder withDirectory(Path replacement) {
      directory = replacement;
      return this;
    }

    /** Replaces the size at which a file is rotated (default: 10 MiB). */
    public Builder withFileBytesMax(long replacement) {
      fileBytesMax = replacement;
      return this;
    }

    /** Replaces how many old files are kept (default: 10). */
    public Builder withOldFilesMax(int replacement) {
      oldFilesMax = replacement;
      return this;
    }

    /** Replaces how large the old files may be together (default: any size). */
    public Builder withOldBytesMax(long replacement) {
      oldBytesMax = OptionalLong.of(replacement);
      return this;
    }

    /** Replaces the age at which a file is rotated (default: any age). */
    public Builder withFileAgeMax(Duration replacement) {
      fileAgeMax = Optional.of(replacement);
      return this;
    }

    /** Replaces the length at which a line is cut (default: any length). */
    public Builder withLineBytesMax(int replacement) {
      lineBytesMax = OptionalInt.of(replacement);
      return this;
    }

    /** Replaces what is written before each line (default: {@link Timestamps#ISO_8601}). */
    public Builder withTimestamps(Timestamps replacement) {
      timestamps = replacement;
      return this;
    }

    /** Replaces what is written after the timestamp (default: nothing). */
    public Builder withPrefix(String replacement) {
      prefix = replacement;
      return this;
    }

    /** One more rule, behind those that are there (default: none, all lines are kept). */
    public Builder addSelection(LineRule rule) {
      selection.add(rule);
      return this;
    }

    /** Replaces what becomes of old files (default: {@link LogProcessing#none}). */
    public Builder withProcessing(LogProcessing replacement) {
      processing = replacement;
      return this;
    }

    /** Replaces when bytes are brought to the disk (default: {@link LogSync#onRotation}). */
    public Builder withSync(LogSync replacement) {
      sync = replacement;
      return this;
    }

    /**
     * The log directory.
     *
     * @throws InvalidSpecException with all problems
     */
    public LogSpec build() {
      return new LogSpec(
          directory,
          fileBytesMax,
          oldFilesMax,
          oldBytesMax,
          fileAgeMax,
          lineBytesMax,
          timestamps,
          prefix,
          selection,
          processing,
          sync);
    }
  }
}
