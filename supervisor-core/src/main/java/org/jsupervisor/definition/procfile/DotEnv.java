package org.jsupervisor.definition.procfile;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionText;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.TrustedFiles;

/** The variables in a {@code .env} file. Values may be secrets, so no problem shows one. */
final class DotEnv {
  static final String NAME = ".env";

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
  private static final String AMBIGUOUS =
      "must be in single quotes, or in double quotes that are closed, with \\ before each $:"
          + " foreman and dotenv read it differently";

  private final Findings findings;
  private final Map<String, String> variables = new TreeMap<>();
  private final Map<String, Integer> firstLines = new TreeMap<>();

  private DotEnv(Findings findings) {
    this.findings = findings;
  }

  /** The variables by name; none if there is no such file; empty if something is wrong with it. */
  static Optional<Map<String, String>> read(Path directory, TrustedFiles files, Findings findings) {
    Path file = directory.resolve(NAME);
    if (!files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Map.of());
    }
    DotEnv env = new DotEnv(findings);
    int before = findings.count();
    Optional<List<DefinitionText.Line>> lines =
        DefinitionText.lines(file, ProcfileReader.FILE_BYTES_MAX, files, findings);
    lines.ifPresent(all -> all.forEach(env::add));
    return findings.count() > before ? Optional.empty() : Optional.of(env.variables);
  }

  private void add(DefinitionText.Line line) {
    DotEnvPart part = DotEnvPart.of(line.text());
    Matcher matched = part.match(line.text());
    switch (part) {
      case COMMENT -> {}
      case SINGLE, PLAIN -> put(line, matched, UnaryOperator.identity());
      case DOUBLE -> put(line, matched, DotEnv::unescaped);
      case AMBIGUOUS -> findings.problem(line.place(), "", AMBIGUOUS);
      case OTHER -> findings.problem(line.place(), "", "must be NAME=VALUE, a comment or blank");
    }
  }

  private void put(DefinitionText.Line line, Matcher matched, UnaryOperator<String> unescaping) {
    if (!matched.matches()) {
      throw new IllegalStateException("a line is not what it was: " + line.place());
    }
    String name = matched.group(1);
    Integer first = firstLines.putIfAbsent(name, line.number());
    if (first != null) {
      findings.problem(line.place(name), "", "must stand only once, is already in line " + first);
    }
    variables.put(name, unescaping.apply(matched.group(2)));
  }

  /** As foreman does within double quotes: {@code \n} is a newline, any other escape itself. */
  private static String unescaped(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(
            escape ->
                escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(escape.group(1)));
  }
}
