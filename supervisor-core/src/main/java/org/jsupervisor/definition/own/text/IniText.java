package org.jsupervisor.definition.own.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;

/**
 * Sections of entries: what stands in a section is read as a properties file is, so a value is what
 * was written. Commons' own INI reader would take quotes away and end values at {@code ;} or {@code
 * #}.
 */
final class IniText {
  private static final Pattern HEADER =
      Pattern.compile("\\[\\s*(?:service\\s+(?<service>[^\\]]*?)|defaults|settings)\\s*\\]");

  /** More than a name may have; a longer title is not looked at. */
  private static final int TITLE_LENGTH_MAX = 200;

  private static final Pattern COMMENT = Pattern.compile("^([ \t]*);", Pattern.MULTILINE);

  private final Utf8 faults;
  private final PropertiesText entries;

  IniText(String file, Findings findings) {
    this.faults = new Utf8(file, findings);
    this.entries = new PropertiesText(file, findings);
  }

  /** Empty if a section is not known: then it is not known what the file defines. */
  Optional<List<Node>> parse(String text) {
    if (!faults.isWhole(text)) {
      return Optional.empty();
    }
    List<String> lines = List.of(PropertiesText.LINE_END.split(text, -1));
    List<Integer> headers = headers(lines);
    List<Node> nodes = new ArrayList<>(entries(lines, 0, first(headers, lines)));
    List<Node> services = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean known = true;
    for (int n = 0; n < headers.size(); n++) {
      int at = headers.get(n);
      String title = lines.get(at).strip();
      Matcher header = HEADER.matcher(title);
      int end = n + 1 < headers.size() ? headers.get(n + 1) : lines.size();
      if (title.length() > TITLE_LENGTH_MAX || !header.matches()) {
        faults.problem(at + 1, "must be [service NAME], [defaults] or [settings]");
        known = false;
      } else if (header.group("service") != null) {
        List<Node> below = entries(lines, at + 1, end);
        services.add(Node.branch(header.group("service"), at + 1, below));
      } else {
        String name = title.substring(1, title.length() - 1).strip();
        Integer first = seen.putIfAbsent(name, at + 1);
        if (first != null) {
          faults.problem(at + 1, "must stand only once, is already in line " + first);
          known = false;
        }
        nodes.add(Node.branch(name, at + 1, entries(lines, at + 1, end)));
      }
    }
    if (!services.isEmpty()) {
      nodes.add(Node.branch("services", services.get(0).line(), services));
    }
    return known ? Optional.of(nodes) : Optional.empty();
  }

  private static List<Integer> headers(List<String> lines) {
    List<Integer> headers = new ArrayList<>();
    for (int n = 0; n < lines.size(); n++) {
      if (lines.get(n).strip().startsWith("[")) {
        headers.add(n);
      }
    }
    return headers;
  }

  private static int first(List<Integer> headers, List<String> lines) {
    return headers.isEmpty() ? lines.size() : headers.get(0);
  }

  private List<Node> entries(List<String> lines, int from, int to) {
    String text = String.join("\n", lines.subList(from, to));
    String ended = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    return entries.parse(COMMENT.matcher(ended).replaceAll("$1#"), from + 1);
  }
}
