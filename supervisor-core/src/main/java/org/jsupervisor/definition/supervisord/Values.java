package org.jsupervisor.definition.supervisord;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;

/**
 * The options of a section, expanded and with their types. What is wrong is told at its option, and
 * the answer then is the default; so a definition must be asked for its problems in the end.
 */
record Values(IniText.Section section, PercentFormat format, Findings findings) {
  private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})\\s*(|kb|mb|gb)");
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,4}");
  private static final List<String> UNITS = List.of("", "kb", "mb", "gb");
  private static final Map<String, Boolean> BOOLEANS =
      Map.of(
          "yes", true, "true", true, "on", true, "1", true, "no", false, "false", false, "off",
          false, "0", false);

  /** The same section with other names to expand, and other findings. */
  Values with(PercentFormat otherFormat, Findings otherFindings) {
    return new Values(section, otherFormat, otherFindings);
  }

  Optional<IniText.Option> option(ProgramKey key) {
    return section.option(key.text());
  }

  /** Where the option is, or would be. */
  String place(ProgramKey key) {
    return option(key).map(IniText.Option::place).orElse(section.line().place(key.text()));
  }

  /** The text of an option, expanded; its value is not shown if that fails. */
  Optional<String> text(ProgramKey key) {
    return option(key).flatMap(this::expanded);
  }

  /** The text of this option, expanded. */
  Optional<String> expanded(IniText.Option option) {
    return findings.attempt(option.place(), "", () -> format.expand(option));
  }

  /** What a function makes of the text; if it is empty, the rule is told. */
  <T> Optional<T> value(ProgramKey key, String rule, Function<String, Optional<T>> reading) {
    Optional<String> text = text(key);
    Optional<T> value = text.flatMap(reading);
    if (text.isPresent() && value.isEmpty()) {
      findings.problem(place(key), text.get(), rule);
    }
    return value;
  }

  int integer(ProgramKey key, int byDefault) {
    String rule = "must be a whole number, not negative";
    return value(key, rule, text -> matched(INTEGER, text).map(m -> Integer.valueOf(m.group())))
        .orElse(byDefault);
  }

  boolean isTrue(ProgramKey key, boolean byDefault) {
    String rule = "must be true, yes, on, 1, false, no, off or 0";
    return value(
            key, rule, text -> Optional.ofNullable(BOOLEANS.get(text.toLowerCase(Locale.ROOT))))
        .orElse(byDefault);
  }

  long bytes(ProgramKey key, long byDefault) {
    String rule = "must be a number of bytes, or one with KB, MB or GB";
    return value(
            key,
            rule,
            text ->
                matched(BYTES, text.toLowerCase(Locale.ROOT))
                    .map(m -> Long.parseLong(m.group(1)) << (10 * UNITS.indexOf(m.group(2)))))
        .orElse(byDefault);
  }

  Optional<Integer> octal(ProgramKey key) {
    return value(
        key,
        "must be an octal number",
        text -> matched(OCTAL, text).map(m -> Integer.parseInt(m.group(), 8)));
  }

  private static Optional<Matcher> matched(Pattern pattern, String text) {
    return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
  }

  /** Tells of all options that are not honoured. */
  void noteWhatIsNotHonoured() {
    for (IniText.Option option : section.options().values()) {
      Optional<ProgramKey> key = ProgramKey.of(option.key());
      if (key.isEmpty()) {
        findings.note(option.place(), "", "is no option of a program");
      } else if (!key.get().why().isEmpty()) {
        findings.note(option.place(), shown(option), "is not honoured: " + key.get().why());
      }
    }
  }

  /** A number or a boolean; another value may hold a secret, as a URL does with its password. */
  private static String shown(IniText.Option option) {
    String value = option.value().toLowerCase(Locale.ROOT);
    return BYTES.matcher(value).matches() || BOOLEANS.containsKey(value) ? option.value() : "";
  }
}
