package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.SinkMaker;

/**
 * Something that output goes to, and that belongs to one child only: two would mix their lines, and
 * the first to go would close it. A path, or a sink, which is the same only as itself.
 */
record OutputPlace(Object what) {
  static Stream<OutputPlace> of(OutputSpec.Destination destination) {
    Stream<OutputPlace> kept =
        destination instanceof OutputSpec.Logged logged
            ? Stream.of(of(logged.log().directory()))
            : destination instanceof OutputSpec.Custom custom
                ? Stream.of(new OutputPlace(custom.sink()))
                : Stream.of();
    return Stream.concat(kept, spillFile(destination));
  }

  private static Stream<OutputPlace> spillFile(OutputSpec.Destination destination) {
    return destination.backPressure() instanceof BackPressure.Spill spill
        ? Stream.of(of(spill.file()))
        : Stream.empty();
  }

  private static OutputPlace of(Path path) {
    return new OutputPlace(path.toAbsolutePath().normalize());
  }

  /** All of an output; each once, as stdout and stderr may share a place. */
  static Set<OutputPlace> of(OutputSpec output) {
    Set<OutputPlace> places = new HashSet<>();
    output.destinations().forEach(destination -> of(destination).forEach(places::add));
    return places;
  }

  /** Within one route, the same place twice would keep each byte twice. */
  static void requireDistinct(List<OutputSpec.Destination> destinations, Problems problems) {
    Set<OutputPlace> seen = new HashSet<>();
    Set<SinkMaker> makers = new HashSet<>();
    for (OutputSpec.Destination destination : destinations) {
      if (destination instanceof OutputSpec.Made made && !makers.add(made.maker())) {
        problems.add("output", made.place(), "must not be there twice");
      }
      of(destination)
          .filter(place -> !seen.add(place))
          .forEach(place -> problems.add("output", place.name(), "must not be there twice"));
    }
  }

  /** What both use must be described alike, as it is made once. */
  static void requireOneDescription(
      OutputSpec.Route stdout, OutputSpec.Route stderr, Problems problems) {
    for (OutputSpec.Destination one : stdout.destinations()) {
      for (OutputSpec.Destination other : stderr.destinations()) {
        if (one.sharesWith(other) && !one.equals(other)) {
          of(one)
              .filter(OutputPlace.of((OutputSpec) other)::contains)
              .forEach(
                  place ->
                      problems.add(
                          "output: stderr", place.name(), "must be described as that of stdout"));
        }
      }
    }
  }

  /** A sink's own text may hold anything, so it is not asked. */
  String name() {
    return what instanceof Path ? what.toString() : "the same sink";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutputPlace place
        && (what instanceof Path ? what.equals(place.what) : what == place.what);
  }

  @Override
  public int hashCode() {
    return what instanceof Path ? what.hashCode() : System.identityHashCode(what);
  }
}
