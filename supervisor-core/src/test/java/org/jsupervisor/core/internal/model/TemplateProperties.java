package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Counters;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.WorkerSpec;

/**
 * D7: where Erlang/OTP crashes or miscounts with a template, whatever happens to instances, all
 * that counts them agrees: who is in the tree, who is in the team of the supervisor, the crowd, and
 * the counters of each.
 */
class TemplateProperties {
  private static final int NAMES = 4;

  enum Kind {
    START,
    START_THAT_FAILS_ONCE,
    EXIT_CLEAN,
    CRASH,
    CRASH_AND_FAIL_ONCE,
    DOWN,
    UP,
    ONCE,
    REMOVE,
    RESTART_SUPERVISOR
  }

  record Move(Kind kind, int instance) {}

  /** Who must be there, by the rules: written down by name in the order of the starts. */
  private final Set<String> expected = new LinkedHashSet<>();

  @Property(tries = 300, seed = "20261121")
  void d7_whateverHappensToInstances_entriesAndCountersAgree(
      @ForAll("policies") StandardRestartPolicy policy,
      @ForAll @Size(max = 40) List<@From("moves") Move> moves) {
    expected.clear();
    Driver d = Driver.started(Driver.oneForOne(spec(policy)));
    for (Move move : moves) {
      make(d, move, policy);
      check(d);
    }
    d.stopTree();
    assertThat(d.isOver()).isTrue();
    assertThat(d.model.crowd()).isEqualTo(Crowd.NONE);
  }

  private static SupervisorSpec spec(StandardRestartPolicy policy) {
    return RulesOfTemplatesTest.pool(policy).withLimit(RestartLimit.none()).build();
  }

  @Provide
  Arbitrary<StandardRestartPolicy> policies() {
    return Arbitraries.of(
        RestartPolicy.permanent(), RestartPolicy.transientPolicy(), RestartPolicy.temporary());
  }

  @Provide
  Arbitrary<Move> moves() {
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.integers().between(0, NAMES - 1))
        .as(Move::new);
  }

  private void make(Driver d, Move move, StandardRestartPolicy policy) {
    String name = "i" + move.instance();
    String id = "p/" + name;
    boolean isTemporary = policy.equals(RestartPolicy.temporary());
    boolean isUp = expected.contains(name) && d.now(id).phase().isAlive();
    switch (move.kind()) {
      case START -> startIfAbsent(d, name);
      case START_THAT_FAILS_ONCE -> {
        boolean fails = !expected.contains(name);
        startFailing(d, name, id);
        if (fails && isTemporary) {
          expected.remove(name);
        }
      }
      case EXIT_CLEAN -> exits(d, id, 0, isUp, isTemporary);
      case CRASH -> exits(d, id, 1, isUp, isTemporary);
      case CRASH_AND_FAIL_ONCE -> {
        if (isUp && !isTemporary) {
          d.denyLaunches(id, 1).exits(id, 1).denyLaunches(id, 0);
        }
      }
      case DOWN -> d.down(id);
      case UP -> d.up(id);
      case ONCE -> d.once(id);
      case REMOVE -> {
        d.remove(id);
        expected.remove(name);
      }
      case RESTART_SUPERVISOR -> {
        d.restart("p");
        expected.clear();
      }
    }
  }

  private void startIfAbsent(Driver d, String name) {
    if (expected.add(name)) {
      RulesOfTemplatesTest.start(d, name, "--name", name);
    }
  }

  private void startFailing(Driver d, String name, String id) {
    if (!expected.contains(name)) {
      d.denyLaunches(id, 1);
      startIfAbsent(d, name);
      d.denyLaunches(id, 0);
    }
  }

  private void exits(Driver d, String id, int code, boolean isUp, boolean isTemporary) {
    if (!isUp) {
      return;
    }
    boolean once = d.now(id).desire() == Desire.ONCE;
    d.exits(id, code);
    if (isTemporary && !once) {
      expected.remove(ChildId.of(id).name());
    }
  }

  private void check(Driver d) {
    List<String> names = expected.stream().map(name -> "p/" + name).toList();
    assertThat(d.now("p").team().order()).extracting(ChildId::path).isEqualTo(names);
    assertThat(d.model.childrenOf(d.now("p"))).extracting(c -> c.id().path()).isEqualTo(names);
    assertThat(d.model.inStartOrder())
        .filteredOn(child -> child.spec() instanceof WorkerSpec)
        .extracting(child -> child.id().path())
        .isEqualTo(names);
    assertThat(d.model.size()).isEqualTo(names.size() + 1);
    assertThat(d.model.crowd().awaited())
        .isEqualTo((int) d.model.inStartOrder().stream().filter(ChildModel::isAwaited).count());
    assertThat(d.model.crowd().starting())
        .isEqualTo((int) d.model.inStartOrder().stream().filter(ChildModel::isStarting).count());
    names.forEach(name -> checkCounters(d.now(name)));
  }

  /** Every launch has come out, and each that did has ended, but for the one that runs. */
  private static void checkCounters(ChildModel child) {
    Counters counters = child.counters();
    long running = child.phase().isAlive() ? 1 : 0;
    assertThat(counters.launches())
        .as("launches of %s", child.id())
        .isEqualTo(counters.launchFailures() + counters.exits() + running);
  }
}
