package org.jsupervisor.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartDecision;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of flight recordings: each is made, has what the page says, and no more. */
class FlightEventsTest {
  private static final Path PAGE = Path.of("..", "docs", "operating.md");
  private static final String PREFIX = "org.jsupervisor.";
  private static final String TREE = "flight-test";

  @TempDir Path directory;

  private static List<Class<?>> kinds() {
    return Stream.of(FlightEvents.class.getDeclaredClasses())
        .<Class<?>>map(each -> each)
        .filter(each -> each.isAnnotationPresent(Name.class))
        .toList();
  }

  private static List<String> fields(Class<?> kind) {
    return Arrays.stream(kind.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Label.class))
        .map(Field::getName)
        .toList();
  }

  /** What the life of a tree leads to in a recording that was told nothing; the last of a kind. */
  private Map<String, RecordedEvent> recorded(List<SupervisorEvent> events) throws IOException {
    Path file = directory.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      FlightRecord record = new FlightRecord(TREE);
      events.forEach(event -> record.onEvent(Samples.published(event)));
      record.onLoss(5);
      recording.stop();
      recording.dump(file);
    }
    Map<String, RecordedEvent> seen = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      String name = event.getEventType().getName();
      // Other trees of this JVM are in it, too.
      if (name.startsWith(PREFIX) && event.getString("tree").equals(TREE)) {
        seen.put(name.substring(PREFIX.length()), event);
      }
    }
    return seen;
  }

  @Test
  void event_ofEachKind_isMade() throws IOException {
    List<SupervisorEvent> events = new ArrayList<>(Samples.all());
    events.add(Samples.phase(Phase.RUNNING, Phase.STOPPING));
    events.add(Samples.phase(Phase.KILLING, Phase.UNKILLABLE));
    events.add(
        Samples.gaveUp(new RestartDecision.Quarantine(Duration.ofMinutes(1), 2, "too often")));

    Map<String, RecordedEvent> seen = recorded(events);

    assertThat(seen.keySet())
        .containsExactlyInAnyOrderElementsOf(kinds().stream().map(Class::getSimpleName).toList());
    assertThat(seen.get("LogLoss").getLong("bytes")).isEqualTo(99);
    assertThat(seen.get("LogLoss").getString("reason")).isEqualTo("disk full");
    assertThat(seen.get("Quarantine").getDuration("pause")).isEqualTo(Duration.ofMinutes(1));
    assertThat(seen.get("GiveUp").getString("decision")).isEqualTo("STAY_DOWN");
    assertThat(seen.get("Unkillable").getString("child")).isEqualTo("web");
    assertThat(seen.get("EventLoss").getLong("events")).isEqualTo(5);
  }

  @Test
  void page_hasEachEvent_withItsMeaningAndItsFields() throws IOException {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (Class<?> kind : kinds()) {
      assertThat(kind.getAnnotation(Name.class).value()).isEqualTo(PREFIX + kind.getSimpleName());
      List<String> row = new ArrayList<>(List.of(kind.getAnnotation(Description.class).value()));
      row.addAll(fields(kind));
      expected.put(kind.getSimpleName(), row);
    }

    assertThat(page()).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(fields(FlightEvents.OfChild.class)).containsExactly("tree", "child");
  }

  /** By event: what it means, and its fields. */
  private static Map<String, List<String>> page() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.startsWith("| event of a recording |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells -> {
              List<String> row = new ArrayList<>(List.of(cells[2].strip()));
              Matcher field = Pattern.compile("`(\\w+)`").matcher(cells[3]);
              field.results().forEach(found -> row.add(found.group(1)));
              rows.put(cells[1].strip().replace("`", ""), row);
            });
    return rows;
  }
}
