package org.jsupervisor.definition.own.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsupervisor.definition.Findings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML from the events of its parser, not from the objects that it makes: those have lost what was
 * written ({@code yes}, {@code 010}, {@code 1.10}). Nothing is constructed, so tags have no
 * meaning; they are refused, and so are anchors and aliases, which could be cycles.
 */
final class YamlText {
  private static final Set<String> NOTHING = Set.of("", "~", "null");

  private final Utf8 faults;

  YamlText(String file, Findings findings) {
    this.faults = new Utf8(file, findings);
  }

  /** Something that is YAML, but is not taken. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    RefusedException(Event event, String rule) {
      super(rule);
      this.line = lineOf(event.getStartMark());
    }
  }

  private static int lineOf(Mark mark) {
    return mark == null ? 0 : mark.getLine() + 1;
  }

  Optional<List<Node>> parse(String text) {
    if (!faults.isWhole(text)) {
      return Optional.empty();
    }
    try {
      Parser events = new ParserImpl(new StreamReader(new StringReader(text)), new LoaderOptions());
      return Optional.of(document(events));
    } catch (RefusedException refusal) {
      faults.problem(refusal.line, String.valueOf(refusal.getMessage()));
    } catch (MarkedYAMLException fault) {
      faults.syntax(lineOf(fault.getProblemMark()), "YAML", String.valueOf(fault.getProblem()));
    } catch (YAMLException fault) {
      faults.syntax(0, "YAML", String.valueOf(fault.getMessage()));
    }
    return Optional.empty();
  }

  private static List<Node> document(Parser events) throws RefusedException {
    events.getEvent();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return List.of();
    }
    events.getEvent();
    Event start = checked(events.getEvent());
    if (start.getEventId() != Event.ID.MappingStart) {
      throw new RefusedException(start, "must be a map of keys and values");
    }
    List<Node> nodes = map(events, 1);
    events.getEvent();
    Event end = events.getEvent();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new RefusedException(end, "must be one document only");
    }
    return nodes;
  }

  private static List<Node> map(Parser events, int depth) throws RefusedException {
    List<Node> nodes = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event event = checked(events.getEvent());
        event.getEventId() != Event.ID.MappingEnd;
        event = checked(events.getEvent())) {
      if (!(event instanceof ScalarEvent key) || depth > Node.DEPTH_MAX) {
        throw new RefusedException(event, "must be a key that is a text, and not be so deep");
      }
      if (!keys.add(key.getValue())) {
        throw new RefusedException(event, "must not have a key twice in one map");
      }
      addValue(nodes, key, events, depth);
    }
    return nodes;
  }

  private static void addValue(List<Node> nodes, ScalarEvent key, Parser events, int depth)
      throws RefusedException {
    int line = lineOf(key.getStartMark());
    Event event = checked(events.getEvent());
    switch (event.getEventId()) {
      case Scalar -> nodes.add(Node.leaf(key.getValue(), line, text((ScalarEvent) event)));
      case MappingStart -> nodes.add(Node.branch(key.getValue(), line, map(events, depth + 1)));
      case SequenceStart -> addList(nodes, key.getValue(), event, events);
      default -> throw new RefusedException(event, "must have a value");
    }
  }

  private static void addList(List<Node> nodes, String key, Event start, Parser events)
      throws RefusedException {
    int before = nodes.size();
    for (Event event = checked(events.getEvent());
        event.getEventId() != Event.ID.SequenceEnd;
        event = checked(events.getEvent())) {
      if (!(event instanceof ScalarEvent item)) {
        throw new RefusedException(event, "a list must have texts only");
      }
      nodes.add(Node.leaf(key, lineOf(item.getStartMark()), text(item)));
    }
    if (nodes.size() == before) {
      throw new RefusedException(start, "a list must not be empty: leave the key out");
    }
  }

  private static String text(ScalarEvent scalar) throws RefusedException {
    if (scalar.isPlain() && NOTHING.contains(scalar.getValue().toLowerCase(Locale.ROOT))) {
      throw new RefusedException(
          scalar, "must have a value: an empty text is written \"\", the word null in quotes");
    }
    return scalar.getValue();
  }

  private static Event checked(Event event) throws RefusedException {
    if (event.getEventId() == Event.ID.Alias
        || (event instanceof NodeEvent node && node.getAnchor() != null)) {
      throw new RefusedException(event, "must have no anchor and no alias (& and *)");
    }
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag() != null)
            || (event instanceof CollectionStartEvent start && start.getTag() != null);
    if (tagged) {
      throw new RefusedException(event, "must have no tag (!)");
    }
    return event;
  }
}
