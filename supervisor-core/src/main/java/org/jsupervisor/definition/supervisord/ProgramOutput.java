package org.jsupervisor.definition.supervisord;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;

/** The options of a program that say where its output goes. */
final class ProgramOutput {
  private static final long MAXBYTES = 50L << 20;
  private static final int BACKUPS = 10;
  private static final String STDERR_SUFFIX = ".stderr";

  /** The options of one stream. */
  private record Stream(ProgramKey file, ProgramKey maxbytes, ProgramKey backups) {
    static final Stream STDOUT =
        new Stream(
            ProgramKey.STDOUT_LOGFILE,
            ProgramKey.STDOUT_LOGFILE_MAXBYTES,
            ProgramKey.STDOUT_LOGFILE_BACKUPS);
    static final Stream STDERR =
        new Stream(
            ProgramKey.STDERR_LOGFILE,
            ProgramKey.STDERR_LOGFILE_MAXBYTES,
            ProgramKey.STDERR_LOGFILE_BACKUPS);
  }

  private final Values values;
  private final Path directory;

  /** Output of a child that has this log directory. */
  ProgramOutput(Values values, Path directory) {
    this.values = values;
    this.directory = directory;
  }

  /** Where it goes; with problems told, anything. */
  OutputSpec read() {
    OutputSpec.Route stdout = route(Stream.STDOUT, directory);
    if (values.isTrue(ProgramKey.REDIRECT_STDERR, false)) {
      values
          .option(ProgramKey.STDERR_LOGFILE)
          .ifPresent(
              option ->
                  values.findings().note(option.place(), "", "has no effect: redirect_stderr"));
      return stdout;
    }
    Path ofStderr = directory.resolveSibling(directory.getFileName() + STDERR_SUFFIX);
    return OutputSpec.separate(stdout, route(Stream.STDERR, ofStderr));
  }

  private OutputSpec.Route route(Stream stream, Path into) {
    String file = values.text(stream.file()).orElse("AUTO");
    switch (file.toUpperCase(Locale.ROOT)) {
      case "NONE", "OFF" -> {
        return OutputSpec.discarded();
      }
      case "AUTO" -> {}
      default ->
          values
              .findings()
              .note(values.place(stream.file()), file, "is kept in the log directory " + into);
    }
    return log(stream, into)
        .map(OutputSpec::logged)
        .map(OutputSpec.Route.class::cast)
        .orElse(OutputSpec.discarded());
  }

  private Optional<LogSpec> log(Stream stream, Path into) {
    long maxbytes = values.bytes(stream.maxbytes(), MAXBYTES);
    int backups = values.integer(stream.backups(), BACKUPS);
    if (maxbytes == 0) {
      String what = "is not honoured: a file is rotated at " + LogSpec.FILE_BYTES_MAX + " bytes";
      values.findings().note(values.place(stream.maxbytes()), "0", what);
      maxbytes = LogSpec.FILE_BYTES_MAX;
    }
    if (backups == 0) {
      values
          .findings()
          .note(values.place(stream.backups()), "0", "is not honoured: one old file is kept");
      backups = 1;
    }
    LogSpec.Builder log = LogSpec.builder(into);
    long size = maxbytes;
    int files = backups;
    // One by one, so that each bound is told at its own option.
    Optional<LogSpec> sized =
        values
            .findings()
            .attempt(
                values.place(stream.maxbytes()),
                Long.toString(size),
                () -> log.withFileBytesMax(size).build());
    return sized.flatMap(
        spec ->
            values
                .findings()
                .attempt(
                    values.place(stream.backups()),
                    Integer.toString(files),
                    () -> spec.toBuilder().withOldFilesMax(files).build()));
  }
}
