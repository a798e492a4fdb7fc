package org.jsupervisor.definition.going;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsupervisor.definition.DefinitionText.Line;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.Treatment;

/** The keys and values of one file. What is not read is told, by problems or by notes. */
final class GoingFile {
  /** Going reads a longer line as two. */
  static final int LINE_BYTES_MAX = 287;

  /**
   * A value in a line.
   *
   * @param value what stands behind the first {@code =}
   */
  record Entry(Line line, GoingKey key, String value) {
    String place() {
      return line.place(key.text());
    }
  }

  private final GoingRules rules;
  private final Findings findings;
  private final Map<GoingKey, List<Entry>> entries = new EnumMap<>(GoingKey.class);

  GoingFile(GoingRules rules, Findings findings, List<Line> lines) {
    this.rules = rules;
    this.findings = findings;
    lines.forEach(this::add);
  }

  /** The value of this key. */
  Optional<Entry> entry(GoingKey key) {
    return all(key).stream().findFirst();
  }

  /** All values of a key that may stand several times, in the order of the file. */
  List<Entry> all(GoingKey key) {
    return entries.getOrDefault(key, List.of());
  }

  private boolean isStrict() {
    return rules == GoingRules.STRICT;
  }

  private void add(Line line) {
    String text = line.text();
    if (isStrict() && bytes(text) > LINE_BYTES_MAX) {
      String rule = "must have at most " + LINE_BYTES_MAX + " bytes: going reads it as two lines";
      findings.problem(line.place(), "", rule);
    }
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      leftOut(line.place(), "must be KEY=VALUE, a comment or blank");
      return;
    }
    String written = text.substring(0, equals);
    Optional<GoingKey> key = GoingKey.of(written);
    if (key.isEmpty() || (isStrict() && key.get().strictly() != Treatment.HONOURED)) {
      leftOut(line.place(written), "is no key of " + (isStrict() ? "going's" : "such a file"));
    } else if (equals + 1 == text.length()) {
      leftOut(line.place(written), "must not be empty");
    } else {
      put(new Entry(line, key.get(), text.substring(equals + 1)));
    }
  }

  /** What going would pass over without a word. */
  private void leftOut(String place, String rule) {
    if (isStrict()) {
      findings.note(place, "", "is ignored, as by going: " + rule);
    } else {
      findings.problem(place, "", rule);
    }
  }

  private void put(Entry entry) {
    List<Entry> sofar = entries.computeIfAbsent(entry.key(), key -> new ArrayList<>());
    if (!sofar.isEmpty() && isStrict()) {
      Entry before = sofar.remove(0);
      findings.note(
          before.place(), "", "is ignored, as by going: line " + entry.line().number() + " holds");
    } else if (!sofar.isEmpty() && !entry.key().isRepeatable()) {
      String rule = "must stand only once, is already in line " + sofar.get(0).line().number();
      findings.problem(entry.place(), "", rule);
    }
    sofar.add(entry);
  }

  /** The length as going counts it. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
