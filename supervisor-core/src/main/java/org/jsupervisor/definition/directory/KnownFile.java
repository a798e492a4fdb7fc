package org.jsupervisor.definition.directory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsupervisor.definition.Treatment;

/**
 * A file or directory to which a format gives a meaning, and what becomes of it. Immutable.
 *
 * @param <K> the kinds of definitions in the format
 * @param text its name, with a slash behind that of a directory
 * @param form what gives it its meaning
 * @param known what becomes of it in the kinds that know it
 * @param elsewhere what becomes of it in the others
 * @param reason why it has no effect in a kind that knows it; empty if it has
 */
public record KnownFile<K>(
    String text, Form form, Map<K, Treatment> known, Treatment elsewhere, String reason) {
  /** What must be there for it to have its meaning. */
  public enum Form {
    /** A regular, executable file. */
    PROGRAM,
    /** Anything. */
    FILE,
    /** A directory. */
    DIRECTORY
  }

  /** Copies the map. */
  public KnownFile {
    known = Map.copyOf(known);
  }

  private static Form directoryOr(Form form, String text) {
    return text.endsWith("/") ? Form.DIRECTORY : form;
  }

  private static <K> KnownFile<K> of(String text, Form form, Map<K, Treatment> known) {
    return new KnownFile<>(text, directoryOr(form, text), known, Treatment.REPORTED, "");
  }

  /** A program that is honoured in these kinds, and reported in others. */
  public static <K> KnownFile<K> program(String text, Set<K> kinds) {
    return of(text, Form.PROGRAM, honoured(kinds));
  }

  /** A file or directory that is honoured in these kinds, and reported in others. */
  public static <K> KnownFile<K> file(String text, Set<K> kinds) {
    return of(text, Form.FILE, honoured(kinds));
  }

  /** A file or directory that is refused in this kind, and reported in others. */
  public static <K> KnownFile<K> refused(String text, K kind) {
    return of(text, Form.FILE, Map.of(kind, Treatment.REFUSED));
  }

  /** A file or directory that is passed over in all kinds. */
  public static <K> KnownFile<K> passedOver(String text) {
    Form form = directoryOr(Form.FILE, text);
    return new KnownFile<>(text, form, Map.of(), Treatment.PASSED_OVER, "");
  }

  private static <K> Map<K, Treatment> honoured(Set<K> kinds) {
    return kinds.stream().collect(Collectors.toMap(kind -> kind, kind -> Treatment.HONOURED));
  }

  /** The same, reported in those kinds that know it, for this reason. */
  public KnownFile<K> reported(String why) {
    Map<K, Treatment> reported =
        known.keySet().stream().collect(Collectors.toMap(kind -> kind, kind -> Treatment.REPORTED));
    return new KnownFile<>(text, form, reported, elsewhere, why);
  }

  /** The same, with this treatment in a kind that did not know it. */
  public KnownFile<K> with(K kind, Treatment treatment) {
    Map<K, Treatment> more = new HashMap<>(known);
    more.put(kind, treatment);
    return new KnownFile<>(text, form, more, elsewhere, reason);
  }

  /** What becomes of it in a definition of this kind. */
  public Treatment treatment(K kind) {
    return known.getOrDefault(kind, elsewhere);
  }

  /** The kind that alone honours it, or alone knows it; empty if there is none. */
  public Optional<K> sign() {
    Set<K> kinds = new HashSet<>(known.keySet());
    if (kinds.size() > 1) {
      kinds.removeIf(kind -> known.get(kind) != Treatment.HONOURED);
    }
    return kinds.size() == 1 ? kinds.stream().findFirst() : Optional.empty();
  }

  private String fileName() {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Whether it is there, in the form that gives it its meaning. */
  public boolean isIn(ServiceFiles files) {
    return switch (form) {
      case PROGRAM -> files.hasProgram(fileName());
      case DIRECTORY -> files.hasDirectory(fileName());
      case FILE -> files.has(fileName());
    };
  }

  /**
   * Tells it, if it is there and has no effect in a definition of this kind, or refuses it.
   *
   * @param foreign why it has no effect in a kind that does not know it
   */
  public void tell(ServiceFiles files, K kind, Function<K, String> foreign) {
    if (!isIn(files)) {
      return;
    }
    String why = known.containsKey(kind) ? reason : foreign.apply(kind);
    switch (treatment(kind)) {
      case HONOURED, PASSED_OVER -> {}
      case REFUSED -> files.problem(fileName(), "", "must not be there: it cannot be honoured");
      case REPORTED -> files.note(fileName(), "", "is not honoured: " + why);
    }
  }
}
