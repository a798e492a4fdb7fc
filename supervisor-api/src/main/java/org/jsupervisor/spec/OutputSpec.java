package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.SinkMaker;

/**
 * Where a child's stdout and stderr go. A {@link Route} takes both through one pipe, so their order
 * is kept; {@link Separate} gives each its own.
 */
public sealed interface OutputSpec {
  /** Where it is kept, in the order of the description; empty if all is discarded. */
  List<Destination> destinations();

  /** The names of the siblings that it feeds, without repetition; empty if none. */
  default Set<String> consumers() {
    return Set.of();
  }

  /** Whether a pipe of it is read in this JVM, or could be. */
  default boolean passesHere() {
    return true;
  }

  /** Whether both use the same directory, file or sink, which two children must not. */
  default boolean sharesWith(OutputSpec other) {
    return !Collections.disjoint(OutputPlace.of(this), OutputPlace.of(other));
  }

  /** Where one pipe leads to. */
  sealed interface Route extends OutputSpec {}

  /** One place where output is kept, with what happens when it is behind. */
  sealed interface Destination extends Route {
    /** What operators know it by: the log directory, or the name of the sink. */
    String place();

    /** What happens when it is slow or fails. */
    BackPressure backPressure();

    /** The same with another answer to being slow. */
    Destination withBackPressure(BackPressure other);

    @Override
    default List<Destination> destinations() {
      return List.of(this);
    }
  }

  /** To {@code /dev/null}: the child has no pipe at all (the default). */
  record Discarded() implements Route {
    @Override
    public List<Destination> destinations() {
      return List.of();
    }
  }

  /**
   * Into a log directory.
   *
   * @param log which directory, and its limits
   */
  record Logged(LogSpec log, BackPressure backPressure) implements Destination {
    /** Lossless: when the disk is slow or full, the child waits. */
    public Logged(LogSpec log) {
      this(log, BackPressure.block());
    }

    @Override
    public String place() {
      return log.directory().toString();
    }

    @Override
    public Logged withBackPressure(BackPressure other) {
      return new Logged(log, other);
    }
  }

  /**
   * To a sink of the embedder's.
   *
   * @param sink belongs to this child only; closed by the supervisor when the child is removed or
   *     the tree has stopped
   */
  record Custom(OutputSink sink, BackPressure backPressure) implements Destination {
    /** What the sink refuses is lost. */
    public Custom(OutputSink sink) {
      this(sink, BackPressure.loseRefused());
    }

    @Override
    public String place() {
      return sink.name();
    }

    @Override
    public Custom withBackPressure(BackPressure other) {
      return new Custom(sink, other);
    }

    /** A sink is the same only as itself; its own idea of that is not asked. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Custom custom
          && sink == custom.sink
          && backPressure.equals(custom.backPressure);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(sink) + backPressure.hashCode();
    }

    /** A sink's own text may hold anything. */
    @Override
    public String toString() {
      return "Custom[sink=" + sink.getClass().getName() + ", backPressure=" + backPressure + "]";
    }
  }

  /**
   * To a sink that is made for this child when it is needed; unlike {@link Custom} it is described
   * by what it does, so two descriptions can be equal, and children may share one.
   *
   * @param maker makes the sink, which is closed as that of {@link Custom}
   */
  record Made(SinkMaker maker, BackPressure backPressure) implements Destination {
    /** What the sink refuses is lost. */
    public Made(SinkMaker maker) {
      this(maker, BackPressure.loseRefused());
    }

    @Override
    public String place() {
      return maker.name();
    }

    @Override
    public Made withBackPressure(BackPressure other) {
      return new Made(maker, other);
    }
  }

  /**
   * To a sibling, as its stdin: into the kernel's pipe, never through this JVM. Several children
   * may feed one. See {@link InputSpec.Fed} for who waits for whom.
   *
   * @param consumer the name of a process under the same supervisor, which must be {@linkplain
   *     InputSpec.Fed fed}
   */
  record ToChild(String consumer) implements Route {
    /** Refuses null at once, where it was written. */
    public ToChild {
      Objects.requireNonNull(consumer, "an output to a child must name a sibling");
    }

    @Override
    public List<Destination> destinations() {
      return List.of();
    }

    @Override
    public Set<String> consumers() {
      return Set.of(consumer);
    }

    @Override
    public boolean passesHere() {
      return false;
    }
  }

  /**
   * To several places at once; each gets every byte, and has its own answer to being slow. One that
   * blocks holds up the others too.
   *
   * @param destinations 1 to {@value #DESTINATIONS_MAX}, no two the same
   */
  record Several(List<Destination> destinations) implements Route {
    public Several {
      destinations = List.copyOf(destinations);
      Problems problems = new Problems();
      if (destinations.isEmpty() || destinations.size() > DESTINATIONS_MAX) {
        problems.add(
            "output: destinations",
            Integer.toString(destinations.size()),
            "must be 1 to " + DESTINATIONS_MAX);
      }
      OutputPlace.requireDistinct(destinations, problems);
      problems.throwIfAny();
    }
  }

  /**
   * Stdout and stderr through a pipe each: one can be told from the other, but the order between
   * them is lost.
   *
   * @param stdout where stdout goes
   * @param stderr where stderr goes; may lead to the same places as stdout, with the same limits
   */
  record Separate(Route stdout, Route stderr) implements OutputSpec {
    public Separate {
      Problems problems = new Problems();
      OutputPlace.requireOneDescription(stdout, stderr, problems);
      problems.throwIfAny();
    }

    @Override
    public List<Destination> destinations() {
      return Stream.concat(stdout.destinations().stream(), stderr.destinations().stream()).toList();
    }

    @Override
    public Set<String> consumers() {
      return Stream.concat(stdout.consumers().stream(), stderr.consumers().stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public boolean passesHere() {
      return stdout.passesHere() || stderr.passesHere();
    }
  }

  /** The most destinations of one pipe. */
  int DESTINATIONS_MAX = 8;

  /** To {@code /dev/null}. */
  static Route discarded() {
    return new Discarded();
  }

  /** Into a log directory; lossless. */
  static Destination logged(LogSpec log) {
    return new Logged(log);
  }

  /** Into a log directory with the defaults of {@link LogSpec#of}; lossless. */
  static Destination logged(Path directory) {
    return new Logged(LogSpec.of(directory));
  }

  /** To a sink of the embedder's; what it refuses is lost. */
  static Destination to(OutputSink sink) {
    return new Custom(sink);
  }

  /** To a sink that is made for the child; what it refuses is lost. */
  static Destination made(SinkMaker maker) {
    return new Made(maker);
  }

  /** To a sibling that is {@linkplain InputSpec.Fed fed}, as its stdin. */
  static Route toChild(String consumer) {
    return new ToChild(consumer);
  }

  /** To several places at once. */
  static Route toAll(Destination... destinations) {
    return new Several(List.of(destinations));
  }

  /** Stdout and stderr through a pipe each. */
  static OutputSpec separate(Route stdout, Route stderr) {
    return new Separate(stdout, stderr);
  }
}
