package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.StopReport;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.snapshot.TreePhase;

/**
 * Random walks through three levels of supervisors with every strategy: whatever comes in whatever
 * order, what must always hold holds after every step; a world that then gives all that it owes
 * leaves no supervisor in the middle of anything; and a tree that is stopped ends.
 */
class GroupWalkProperties {
  private static final List<String> IDS =
      List.of("a", "b", "s", "s/c", "s/d", "s/m", "s/m/e", "s/m/f", "x");

  enum Kind {
    UP,
    DOWN,
    ONCE,
    RESTART,
    PAUSE,
    RESUME,
    DEFINE,
    DEFINE_OTHER_KIND,
    REMOVE,
    LAUNCHED,
    LAUNCH_FAILED,
    EXITED,
    STALE_REPORT,
    DEADLINE,
    TIME
  }

  record Move(Kind kind, int child, int number) {
    @Override
    public String toString() {
      return kind + "(" + IDS.get(child) + ", " + number + ")";
    }
  }

  // The same walks in every build; take the seed away to explore.
  @Property(seed = "20261121", tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void anyWalk_keepsWhatMustAlwaysHold_andEnds(
      @ForAll("settings") GroupWorld.Setting setting,
      @ForAll("moves") @Size(max = 150) List<Move> moves,
      @ForAll boolean obedient) {
    GroupWorld world = new GroupWorld(setting);
    world.step(new Input.StartTree());
    for (Move move : moves) {
      make(world, move);
    }
    world.giveWhatIsOwed(true);
    assertNothingIsHalfDone(world);
    world.step(new Input.StopTree(StopReport.Cause.ASKED, "end"));
    world.giveWhatIsOwed(obedient);
    assertThat(world.model.phase()).as(world.context("the end")).isEqualTo(TreePhase.STOPPED);
    assertThat(world.armed).as(world.context("deadlines after the end")).isEmpty();
  }

  @Provide
  static Arbitrary<GroupWorld.Setting> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 999_999),
            Arbitraries.integers().between(0, 3).list().ofSize(3),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(1, 2, 3, Integer.MAX_VALUE),
            Arbitraries.of(0L, Long.MAX_VALUE - 20_000_000_000L, Long.MIN_VALUE))
        .as(GroupWorld.Setting::new);
  }

  @Provide
  static Arbitrary<List<Move>> moves() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.of(Kind.class)),
            Tuple.of(
                5,
                Arbitraries.of(
                    Kind.LAUNCHED, Kind.LAUNCHED, Kind.EXITED, Kind.DEADLINE, Kind.TIME)));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, IDS.size() - 1),
            Arbitraries.integers().between(0, 9))
        .as(Move::new)
        .list();
  }

  private static void make(GroupWorld world, Move move) {
    world.told.add(move.toString());
    ChildId id = ChildId.of(IDS.get(move.child()));
    switch (move.kind()) {
      case UP -> world.step(new Input.Up(id, "asked for"));
      case DOWN -> world.step(new Input.Down(id, "asked for"));
      case ONCE -> world.step(new Input.Once(id, "asked for"));
      case RESTART -> world.step(new Input.Restart(id, "asked for"));
      case PAUSE -> world.step(new Input.Pause(id, "asked for"));
      case RESUME -> world.step(new Input.Resume(id, "asked for"));
      case REMOVE -> world.step(new Input.Remove(id, "removed"));
      case DEFINE -> define(world, id, move.number());
      case DEFINE_OTHER_KIND ->
          world.step(
              new Input.Define(
                  GroupWorld.isSupervisor(id)
                      ? GroupSpecs.worker(id.name(), move.number(), false).at(id)
                      : GroupSpecs.middle(id.name(), 0, 1, false).at(id),
                  "spec changed"));
      case LAUNCHED, LAUNCH_FAILED -> launch(world, move);
      case EXITED ->
          pick(world.alive, move)
              .ifPresent(run -> world.ends(run, new ExitStatus.Exited(move.number() % 2)));
      case STALE_REPORT -> stale(world, id);
      case DEADLINE -> pick(new TreeSet<>(world.armed.keySet()), move).ifPresent(world::due);
      case TIME -> world.elapsedNanos += move.number() * 150_000_000L;
    }
  }

  private static void define(GroupWorld world, ChildId id, int number) {
    if (!world
        .model
        .child(id.parent().orElseThrow())
        .filter(ChildModel::isSupervisor)
        .isPresent()) {
      return;
    }
    world.step(
        new Input.Define(
            switch (id.path()) {
              case "s" -> GroupSpecs.outer("s", number % 4, number);
              case "s/m" -> GroupSpecs.middle("m", number % 4, number, true).at(id);
              default -> GroupSpecs.worker(id.name(), number, true).at(id);
            },
            "spec changed"));
  }

  private static void launch(GroupWorld world, Move move) {
    pick(world.launching, move)
        .ifPresent(
            run -> {
              if (move.kind() == Kind.LAUNCHED) {
                world.comes(run);
              } else {
                world.launching.remove(run);
                world.step(ObedientWorld.failed(run));
              }
            });
  }

  /** One of those that there are, so that most moves do something. */
  private static <T> Optional<T> pick(Set<T> all, Move move) {
    return all.stream().skip(all.isEmpty() ? 0 : move.child() % all.size()).findFirst();
  }

  /** Reports of runs that are over, or never were, do nothing at all. */
  private static void stale(GroupWorld world, ChildId id) {
    long current = world.model.child(id).map(ChildModel::number).orElse(0L);
    if (current < 2 || GroupWorld.isSupervisor(id)) {
      return;
    }
    Incarnation old = new Incarnation(id, current - 1);
    TreeModel before = world.model;
    world.step(new Input.Exited(old, new ExitStatus.Exited(1)));
    world.step(new Input.Launched(old, new Pid(8)));
    world.step(ObedientWorld.failed(old));
    assertThat(world.model).as(world.context("a stale report did something")).isEqualTo(before);
  }

  /** Nothing waits for anything that will never come. */
  private static void assertNothingIsHalfDone(GroupWorld world) {
    if (world.model.phase() != TreePhase.RUNNING) {
      return;
    }
    for (ChildModel child : world.all()) {
      assertThat(child.phase())
          .as(world.context(child.id() + " when all is settled"))
          .isIn(Phase.DOWN, Phase.RUNNING, Phase.FINISHED, Phase.FAILED, Phase.WAITING);
      assertThat(child.phase() == Phase.WAITING && !child.isAtGate())
          .as(world.context(child.id() + " waits for its supervisor"))
          .isFalse();
      assertThat(child.removing()).as(world.context(child.id() + " is being removed")).isFalse();
      if (child.isSupervisor()) {
        assertThat(child.team().round()).as(world.context("round")).isEqualTo(Round.IDLE);
      }
    }
  }
}
