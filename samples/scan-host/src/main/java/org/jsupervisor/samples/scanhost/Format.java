package org.jsupervisor.samples.scanhost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.going.GoingReader;
import org.jsupervisor.definition.going.GoingRules;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.definition.procfile.ProcfileReader;
import org.jsupervisor.definition.s6rc.SourceDirectoryReader;
import org.jsupervisor.definition.supervisord.SupervisordReader;
import org.jsupervisor.definition.svcdef.SvcdefReader;
import org.jsupervisor.definition.systemd.SystemdReader;
import org.jsupervisor.scan.ScanDirectory;

/**
 * The formats that are read only if they are asked for, in the order in which readers are asked.
 */
enum Format {
  /** {@code NAME.service}. Before the directories: {@code NAME.service.d} is one. */
  SYSTEMD,
  /** Directories whose settings are environment directories. Before service directories. */
  SVCDEF,
  /** {@code NAME.conf}. */
  SUPERVISORD,
  /** {@code Procfile}. */
  PROCFILE,
  /** Every file that no other format has. */
  GOING,
  /** The same by going's own rules. */
  GOING_STRICT;

  /** As it is written on the command line. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them, for people. */
  static String texts() {
    return Stream.of(values()).map(Format::text).collect(Collectors.joining(", "));
  }

  static Format named(String text) throws Arguments.UsageException {
    return Stream.of(values())
        .filter(each -> each.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Arguments.UsageException(
                    "unknown format '" + text + "'; must be one of " + texts()));
  }

  private DefinitionReader reader() {
    return switch (this) {
      case SYSTEMD -> new SystemdReader();
      case SVCDEF -> new SvcdefReader();
      case SUPERVISORD -> new SupervisordReader();
      case PROCFILE -> new ProcfileReader();
      case GOING -> new GoingReader(GoingRules.EXTENDED);
      case GOING_STRICT -> new GoingReader(GoingRules.STRICT);
    };
  }

  /** Going's readers take what the others leave. */
  private boolean takesTheRest() {
    return this == GOING || this == GOING_STRICT;
  }

  /** A directory in which these are read besides those that always are. */
  static ScanDirectory directory(Path path, Set<Format> also, DefinitionSettings settings) {
    List<DefinitionReader> readers = new ArrayList<>();
    also.stream()
        .sorted()
        .filter(each -> !each.takesTheRest())
        .forEach(f -> readers.add(f.reader()));
    readers.add(new ServiceFileReader());
    readers.add(new SourceDirectoryReader());
    readers.add(new ServiceDirectoryReader());
    also.stream().sorted().filter(Format::takesTheRest).forEach(f -> readers.add(f.reader()));
    return new ScanDirectory(path, readers, settings);
  }
}
