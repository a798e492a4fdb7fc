package org.jsupervisor.definition.own;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.definition.ParameterSources;
import org.jsupervisor.definition.own.Instances.Instance;
import org.jsupervisor.spec.SpecProblem;

/**
 * Replaces parameters, {@code ${...}}, in the values of one service; once: what comes in is not
 * looked through again. The sources are a closed list: nothing is looked up by name elsewhere.
 *
 * <p>Values that came in may be secrets; no problem shows them, but what was written.
 */
final class Parameters {
  /** How long a value may get. */
  static final int VALUE_LENGTH_MAX = 65_536;

  private static final String OPEN = "${";
  private static final String DEFAULT = ":-";
  private static final String PLUS = "plus:";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern OURS = Pattern.compile("\\$\\{(?:env|setting|host|instance)[:}]");

  /** Shorter ones are in half of all rules. */
  private static final int SECRET_LENGTH_MIN = 4;

  private final ParameterSources sources;
  private final Layers layers;
  private final Optional<Instance> instance;
  private final Findings findings;
  private final Map<String, String> used = new LinkedHashMap<>();

  /** What is wrong is told to the findings. */
  Parameters(
      ParameterSources sources, Layers layers, Optional<Instance> instance, Findings findings) {
    this.sources = sources;
    this.layers = layers;
    this.instance = instance;
    this.findings = findings;
  }

  /** The entries with their parameters replaced; those that are wrong stay as they are. */
  List<Entry> replaceIn(List<Entry> entries) {
    return entries.stream().map(this::replaceIn).toList();
  }

  private Entry replaceIn(Entry entry) {
    String text = entry.written();
    if (!layers.parametric().contains(entry.place().file())) {
      if (OURS.matcher(text).find()) {
        findings.note(entry.spot(), "", "is not replaced: the file does not say parameters=on");
      }
      return entry;
    }
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$" + OPEN, at)) {
        replaced.append(OPEN);
        at += 1 + OPEN.length();
      } else if (text.startsWith(OPEN, at)) {
        int end = text.indexOf('}', at);
        String body = end < 0 ? "" : text.substring(at + OPEN.length(), end);
        Optional<String> value = end < 0 ? unclosed(entry) : value(entry, body);
        if (value.isEmpty()) {
          return entry;
        }
        replaced.append(value.get());
        at = end + 1;
      } else {
        replaced.append(text.charAt(at++));
      }
      if (replaced.length() > VALUE_LENGTH_MAX) {
        return refuse(entry, "", "must have at most " + VALUE_LENGTH_MAX + " characters")
            .map(entry::withValue)
            .orElse(entry);
      }
    }
    return entry.withValue(replaced.toString());
  }

  private Optional<String> unclosed(Entry entry) {
    return refuse(entry, "", "a parameter must end with }; a literal ${ is written $${");
  }

  private Optional<String> value(Entry entry, String body) {
    if (body.contains(OPEN)) {
      return refuse(entry, body, "parameters must not stand in each other");
    }
    int colon = body.indexOf(':');
    String kind = colon < 0 ? body : body.substring(0, colon);
    String rest = colon < 0 ? "" : body.substring(colon + 1);
    return switch (kind) {
      case "env" -> environment(entry, body, name(rest));
      case "setting" -> fromOutside(entry, body, setting(name(rest)));
      case "instance" -> ofInstance(entry, body, rest);
      case "host" -> HostFact.of(rest).or(() -> unknown(entry, body));
      default -> unknown(entry, body);
    };
  }

  private Optional<String> unknown(Entry entry, String body) {
    return refuse(
        entry,
        body,
        "must be env:NAME, setting:NAME, instance, instance:index, instance:plus:NUMBER, host:name,"
            + " host:cpus, host:os or host:arch; a literal ${ is written $${");
  }

  private static String name(String rest) {
    int end = rest.indexOf(DEFAULT);
    return end < 0 ? rest : rest.substring(0, end);
  }

  private Optional<String> environment(Entry entry, String body, String name) {
    // Without the permission not even its default: it would hide that the value never comes.
    return sources.environment().containsKey(name)
        ? fromOutside(entry, body, sources.environment().getOrDefault(name, Optional.empty()))
        : refuse(entry, body, "must name a variable that the host allows definitions to see");
  }

  private Optional<String> setting(String name) {
    Optional<String> ofSite = Optional.ofNullable(sources.settings().get(name));
    return ofSite.or(() -> Optional.ofNullable(layers.settings().get(name)).map(Entry::written));
  }

  private Optional<String> fromOutside(Entry entry, String body, Optional<String> value) {
    if (value.isPresent()) {
      used.put(OPEN + body + "}", value.get());
      return value;
    }
    int at = body.indexOf(DEFAULT);
    return at >= 0
        ? Optional.of(body.substring(at + DEFAULT.length()))
        : refuse(entry, body, "is not set, and has no default");
  }

  private Optional<String> ofInstance(Entry entry, String body, String rest) {
    if (instance.isEmpty()) {
      return refuse(entry, body, "is for services with instances only");
    }
    int index = instance.get().index();
    if (rest.startsWith(PLUS) && NUMBER.matcher(rest.substring(PLUS.length())).matches()) {
      return Optional.of(Long.toString(Long.parseLong(rest.substring(PLUS.length())) + index));
    }
    return switch (rest) {
      case "" ->
          body.equals("instance") ? Optional.of(instance.get().name()) : unknown(entry, body);
      case "index" -> Optional.of(Integer.toString(index));
      default -> unknown(entry, body);
    };
  }

  /** Shows the parameter only, not what stands around it. */
  private Optional<String> refuse(Entry entry, String body, String rule) {
    int end = body.indexOf(DEFAULT);
    String shown = end < 0 ? body : body.substring(0, end);
    findings.problem(entry.spot(), shown.isEmpty() ? "" : OPEN + shown + "}", rule);
    return Optional.empty();
  }

  /** The same definition, with what came from outside hidden in its problems. */
  Definition hidden(Definition definition) {
    List<SpecProblem> told = definition.problems().stream().map(this::hidden).toList();
    if (definition instanceof Definition.Refused refused) {
      return new Definition.Refused(refused.origin(), refused.name(), told);
    }
    return definition instanceof Definition.Unreadable
        ? new Definition.Unreadable(definition.origin(), told)
        : definition;
  }

  private SpecProblem hidden(SpecProblem problem) {
    String value = problem.value();
    String rule = problem.rule();
    for (var each : used.entrySet()) {
      // As a problem shows it: cut, and printable.
      String shown = new SpecProblem("", each.getValue(), "").value();
      String begin = shown.substring(0, Math.min(shown.length(), 2 * SECRET_LENGTH_MIN));
      if (!begin.isEmpty() && value.contains(begin)) {
        value = each.getKey();
      }
      int at = begin.length() < SECRET_LENGTH_MIN ? -1 : rule.indexOf(begin);
      if (at >= 0) {
        rule = rule.substring(0, at) + each.getKey();
      }
    }
    return new SpecProblem(problem.path(), value, rule);
  }
}
