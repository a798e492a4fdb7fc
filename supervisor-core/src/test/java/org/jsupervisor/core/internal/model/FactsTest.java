package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.Reason;
import org.jsupervisor.snapshot.Remedy;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.junit.jupiter.api.Test;

/**
 * What a child is that is its own cause: in words, since when, until when, and what can be done.
 */
class FactsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Ready when it has lived for a second; its next start waits for two. */
  private static ProcessSpec.Builder slow(String id) {
    return Driver.worker(id, RestartPolicy.permanent())
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(SECOND.multipliedBy(2))))
        .withReadiness(ReadinessSpec.aliveFor(SECOND));
  }

  private static List<Link> links(Driver d, ChildId id) {
    return Causes.of(d.model, d.model.child(id).orElseThrow());
  }

  private static List<String> why(Driver d, String id) {
    return links(d, ChildId.of(id)).stream().map(each -> each.child() + " " + each.fact()).toList();
  }

  /** Nobody else is the cause of it. */
  private static void assertOwnCause(Driver d, String id, String fact, Remedy remedy) {
    assertThat(why(d, id)).containsExactly(id + " " + fact);
    assertThat(links(d, ChildId.of(id)).get(0).remedy()).isEqualTo(remedy);
  }

  @Test
  void running_isReadyOrNot_pausedOrNot_andWhatCanBeDoneFollows() {
    Driver d = Driver.started(Driver.oneForOne(slow("a").build()));
    assertOwnCause(d, "a", "is RUNNING, not ready yet", Remedy.RESTART);
    d.step(new Input.Pause(ChildId.of("a"), "test"));
    assertOwnCause(d, "a", "is RUNNING, not ready yet, and paused", Remedy.RESUME);
    d.step(new Input.Resume(ChildId.of("a"), "test")).pass(SECOND);
    assertOwnCause(d, "a", "is RUNNING and ready", Remedy.NOTHING);
    d.step(new Input.Pause(ChildId.of("a"), "test"));
    assertOwnCause(d, "a", "is RUNNING and ready, but paused", Remedy.RESUME);
  }

  @Test
  void phase_thatEndsByItself_saysWhen_andSinceWhenItIs() {
    Driver d = Driver.started(Driver.oneForOne(slow("a").build()));
    long began = d.nowNanos;
    d.pass(Duration.ofMillis(300));
    Link link = links(d, ChildId.of("a")).get(0);
    assertThat(link.sinceNanos()).isEqualTo(began);
    assertThat(link.dueNanos()).isEqualTo(OptionalLong.of(began + SECOND.toNanos()));
    d.pass(SECOND);
    assertThat(links(d, ChildId.of("a")).get(0).dueNanos()).isEmpty();
  }

  @Test
  void down_namesTheWish_andUpHelps() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"))).deaf("a").down("a");
    assertOwnCause(d, "a", "is STOPPING and wanted DOWN (test): test", Remedy.UP);
    d.exits("a", 0);
    assertOwnCause(
        d, "a", "is DOWN and wanted DOWN (test): exit code 0 as asked after 0.0 s", Remedy.UP);
  }

  @Test
  void stoppingForARestart_needsNoWord_andNothingHelps() {
    Driver d = Driver.started(Driver.oneForOne(Driver.permanent("a"))).immortal("a").restart("a");
    assertOwnCause(d, "a", "is STOPPING: test", Remedy.NOTHING);
    d.pass(Driver.GRACE);
    assertOwnCause(d, "a", "is KILLING: grace is over", Remedy.NOTHING);
    d.down("a");
    assertOwnCause(d, "a", "is KILLING: grace is over", Remedy.UP);
    d.pass(SECOND.multipliedBy(2));
    assertOwnCause(d, "a", "is UNKILLABLE: still there after KILL", Remedy.NOTHING);
  }

  @Test
  void launching_canBeWantedUpAgain_ifItIsNotWanted() {
    Driver d =
        Driver.of(Driver.oneForOne(Driver.permanent("a")))
            .slowToLaunch("a")
            .step(new Input.StartTree());
    assertOwnCause(d, "a", "is LAUNCHING: its turn has come", Remedy.NOTHING);
    d.down("a");
    assertOwnCause(d, "a", "is LAUNCHING: its turn has come", Remedy.UP);
  }

  @Test
  void backoff_saysHowManyInARow_andUpHelps() {
    Driver d = Driver.started(Driver.oneForOne(slow("a").build())).exits("a", 1);
    assertOwnCause(d, "a", "is BACKOFF, restart 1 in a row: exit code 1 after 0.0 s", Remedy.UP);
  }

  @Test
  void whatIsOver_canBeWantedUp() {
    ProcessSpec failing =
        Driver.worker("b", RestartPolicy.permanent())
            .withRestart(
                RestartPolicy.permanent()
                    .withLimit((history, now) -> false)
                    .withGiveUp(GiveUp.stayDown()))
            .build();
    Driver d = Driver.started(Driver.oneForOne(Driver.transientOne("a"), failing));
    d.exits("a", 0).exits("b", 1);
    assertOwnCause(d, "a", "is FINISHED: exit code 0 after 0.0 s", Remedy.UP);
    assertThat(why(d, "b")).singleElement().asString().startsWith("b is FAILED: ");
  }

  @Test
  void factThatIsTooLong_isCut_andTheLongestIsWhole() {
    String longest = "x".repeat(Reason.FACT_LENGTH_MAX);
    assertThat(Link.past(ChildId.ROOT, longest, 0).fact()).isEqualTo(longest);
    assertThat(Link.past(ChildId.ROOT, longest + "x", 0).fact())
        .hasSize(Reason.FACT_LENGTH_MAX)
        .startsWith("x")
        .endsWith("x...");
  }
}
