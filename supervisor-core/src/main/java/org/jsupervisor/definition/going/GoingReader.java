package org.jsupervisor.definition.going;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.DirectoryEntry;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.ShellWords;
import org.jsupervisor.definition.TrustedFiles;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;

/**
 * Reads going's files: {@code cmd=} and {@code cwd=}, the name of the file is that of the child.
 * Immutable and thread-safe; {@code docs/formats/going.md} has all rules.
 *
 * <pre>
 * cmd=/usr/bin/salt-minion
 * cwd=/var/lib/salt
 * </pre>
 *
 * <p>Such files have any name, so this reader takes whatever is no directory: name it last.
 */
public final class GoingReader implements DefinitionReader {
  /** The largest file that is read. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final int NAME_BYTES_MAX = 32;
  private static final int VALUE_BYTES_MAX = 256;
  private static final int ARGUMENTS_MAX = 128;
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final Pattern QUOTE = Pattern.compile("[\"'\\\\]");

  private final GoingRules rules;

  /** A reader by these rules. */
  public GoingReader(GoingRules rules) {
    this.rules = rules;
  }

  @Override
  public boolean reads(DirectoryEntry entry) {
    return entry.kind() != DirectoryEntry.Kind.DIRECTORY;
  }

  @Override
  public List<Definition> read(DirectoryEntry entry, DefinitionSettings settings) {
    Findings findings = new Findings();
    Reading reading = new Reading(rules, findings);
    String name = entry.name();
    if (rules == GoingRules.STRICT && GoingFile.bytes(name) > NAME_BYTES_MAX) {
      reading.tooLong(entry.path().toString(), "name", NAME_BYTES_MAX);
    }
    Optional<ProcessSpec.Builder> builder =
        DefinitionText.lines(
                entry.path(), FILE_BYTES_MAX, new TrustedFiles(settings, findings), findings)
            .map(lines -> new GoingFile(rules, findings, lines))
            .map(file -> reading.builder(entry, file))
            .map(spec -> spec.withOutput(output(settings, name)));
    return List.of(findings.conclude(entry, name, () -> builder.orElseThrow().build()));
  }

  private static OutputSpec output(DefinitionSettings settings, String name) {
    return OutputSpec.logged(LogSpec.of(settings.logRoot().resolve(name)));
  }

  /** One file being read. */
  private record Reading(GoingRules rules, Findings findings) {
    ProcessSpec.Builder builder(DirectoryEntry entry, GoingFile file) {
      ProcessSpec.Builder builder =
          ProcessSpec.builder(entry.name(), argv(entry, file))
              .withDirectory(path(file, GoingKey.CWD).orElse(Path.of("/")))
              .withEnvironment(environment(file))
              .withRestart(new GoingRestart(file, findings).read());
      user(file).ifPresent(builder::addStep);
      path(file, GoingKey.CHROOT).map(PrivilegeStep.Chroot::new).ifPresent(builder::addStep);
      return builder;
    }

    private boolean isStrict() {
      return rules == GoingRules.STRICT;
    }

    void tooLong(String place, String what, int max) {
      findings.problem(place, "", what + " must have at most " + max + " bytes, as in going");
    }

    /** The value, within going's limit. */
    private <T> Optional<T> value(
        GoingFile file, GoingKey key, Function<GoingFile.Entry, Optional<T>> maker) {
      Optional<GoingFile.Entry> entry = file.entry(key);
      entry
          .filter(each -> isStrict() && GoingFile.bytes(each.value()) > VALUE_BYTES_MAX)
          .ifPresent(each -> tooLong(each.place(), "value", VALUE_BYTES_MAX));
      return entry.flatMap(maker);
    }

    private List<String> argv(DirectoryEntry entry, GoingFile file) {
      if (file.entry(GoingKey.CMD).isEmpty()) {
        findings.problem(entry.path() + ": cmd", "", "must be there");
      }
      List<String> argv = value(file, GoingKey.CMD, this::words).orElse(List.of());
      file.entry(GoingKey.CMD)
          .filter(cmd -> argv.isEmpty() && findings.count() == 0)
          .ifPresent(cmd -> findings.problem(cmd.place(), "", "must name a program"));
      file.entry(GoingKey.CMD)
          .filter(cmd -> isStrict() && argv.size() > ARGUMENTS_MAX)
          .ifPresent(
              cmd ->
                  findings.problem(
                      cmd.place(),
                      Integer.toString(argv.size()),
                      "must have at most " + ARGUMENTS_MAX + " words, as in going"));
      return argv;
    }

    private Optional<List<String>> words(GoingFile.Entry cmd) {
      if (!isStrict()) {
        return findings.attempt(cmd.place(), "", () -> ShellWords.split(cmd.value()));
      }
      if (cmd.value().indexOf('\t') >= 0) {
        findings.problem(cmd.place(), "", "must be split by spaces, not by tabs");
      }
      if (QUOTE.matcher(cmd.value()).find()) {
        findings.note(cmd.place(), "", "has quotes, which reach the program as they are");
      }
      return Optional.of(
          SPACES.splitAsStream(cmd.value()).filter(word -> !word.isEmpty()).toList());
    }

    private Optional<Path> path(GoingFile file, GoingKey key) {
      return value(file, key, this::path);
    }

    private Optional<Path> path(GoingFile.Entry entry) {
      try {
        Path path = Path.of(entry.value());
        if (path.isAbsolute()) {
          return Optional.of(path);
        }
        findings.problem(entry.place(), entry.value(), "must be an absolute path");
      } catch (InvalidPathException e) {
        findings.problem(entry.place(), "", "must be a path");
      }
      return Optional.empty();
    }

    private Environment environment(GoingFile file) {
      Environment environment =
          file.entry(GoingKey.ENVIRONMENT)
              .flatMap(this::inherited)
              .orElse(Environment.inheritAll());
      for (GoingFile.Entry each : file.all(GoingKey.ENV)) {
        int equals = each.value().indexOf('=');
        if (equals < 0) {
          findings.problem(each.place(), "", "must be NAME=VALUE");
        } else {
          String name = each.value().substring(0, equals);
          String value = each.value().substring(equals + 1);
          environment = findings.set(environment, each.place(), Map.entry(name, value));
        }
      }
      return environment;
    }

    private Optional<Environment> inherited(GoingFile.Entry entry) {
      return switch (entry.value()) {
        case "inherited" -> Optional.of(Environment.inheritAll());
        case "fresh" -> Optional.of(Environment.empty());
        default -> {
          findings.problem(entry.place(), entry.value(), "must be inherited or fresh");
          yield Optional.empty();
        }
      };
    }

    private Optional<PrivilegeStep.User> user(GoingFile file) {
      Optional<GoingFile.Entry> user = file.entry(GoingKey.USER);
      Optional<GoingFile.Entry> group = file.entry(GoingKey.GROUP);
      if (user.isEmpty()) {
        group.ifPresent(each -> findings.problem(each.place(), each.value(), "must have a user"));
        return Optional.empty();
      }
      Optional<PrivilegeStep.User> step =
          findings.attempt(
              user.get().place(),
              user.get().value(),
              () -> PrivilegeStep.User.of(user.get().value()));
      if (step.isEmpty() || group.isEmpty()) {
        return step;
      }
      return findings.attempt(
          group.get().place(),
          group.get().value(),
          () -> step.get().withGroup(group.get().value()));
    }
  }
}
