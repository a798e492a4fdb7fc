package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ExitStatus;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.process.Notice;
import org.jsupervisor.process.Pid;
import org.jsupervisor.process.Signal;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.FinishSpec;
import org.jsupervisor.spec.Leftovers;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;

/**
 * Renders the whole table of phases and inputs and compares it with {@code docs/state-machine.md},
 * so that the page is true and a change of the machine is seen as a change of the page. To accept
 * one, run this test with {@code STATE_TABLE=write} in the environment.
 */
class StateTableTest {
  private static final Path PAGE = Path.of("..", "docs", "state-machine.md");

  @Test
  void renderedTable_equalsThePage() throws IOException {
    String rendered = render();
    if ("write".equals(System.getenv("STATE_TABLE"))) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(rendered);
  }

  private static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Phase phase : Phase.values()) {
      page.append("\n## ").append(phase).append("\n\n");
      page.append("| input | wanted up | wanted down | wanted once |\n");
      page.append("| --- | --- | --- | --- |\n");
      for (InputKind kind : InputKind.values()) {
        page.append("| ").append(kind).append(" | ").append(cell(phase, Desire.UP, kind));
        page.append(" | ").append(cell(phase, Desire.DOWN, kind));
        page.append(" | ").append(cell(phase, Desire.ONCE, kind)).append(" |\n");
      }
    }
    return page.toString();
  }

  private static String cell(Phase phase, Desire desire, InputKind kind) {
    Optional<Fixture> before = in(phase, desire);
    if (before.isEmpty()) {
      return "(cannot be)";
    }
    Fixture fixture = before.get();
    ChildModel was = fixture.now();
    fixture.step(input(fixture, kind));
    Optional<ChildModel> is = fixture.model.child(Fixture.CHILD);
    if (is.isPresent() && isSame(was, is.get()) && fixture.events.isEmpty()) {
      return "nothing";
    }
    return outcome(was, is) + orders(fixture.effects);
  }

  /**
   * Whether nothing is otherwise but the generation, which counts wishes that change nothing too.
   */
  private static boolean isSame(ChildModel was, ChildModel is) {
    return is == was
        || (outcome(was, Optional.of(is)).equals("stays")
            && was.reason().equals(is.reason())
            && was.held == is.held
            && was.stopCause == is.stopCause
            && was.deadlineNanos().equals(is.deadlineNanos()));
  }

  private static String outcome(ChildModel was, Optional<ChildModel> is) {
    if (is.isEmpty()) {
      return "**forgotten**";
    }
    StringBuilder text = new StringBuilder();
    text.append(was.phase() == is.get().phase() ? "stays" : "**" + is.get().phase() + "**");
    if (was.desire() != is.get().desire()) {
      text.append(", wanted ").append(is.get().desire().name().toLowerCase(java.util.Locale.ROOT));
    }
    if (!was.ready() && is.get().ready()) {
      text.append(", ready");
    }
    if (!was.paused() && is.get().paused()) {
      text.append(", paused");
    }
    if (!was.stopOnLaunch() && is.get().stopOnLaunch()) {
      text.append(", stop when launched");
    }
    if (!was.held && is.get().held) {
      text.append(", wait when dead");
    }
    if (!isWantedAgain(was) && isWantedAgain(is.get())) {
      text.append(", another run when over");
    }
    if (!was.removing() && is.get().removing()) {
      text.append(", forget when dead");
    }
    return text.toString();
  }

  private static boolean isWantedAgain(ChildModel child) {
    return child.finishing != null && !child.finishing.again().isEmpty();
  }

  private static String orders(List<Effect> effects) {
    String orders =
        effects.stream()
            .filter(effect -> !(effect instanceof Effect.Disarm))
            .map(StateTableTest::order)
            .collect(Collectors.joining(", "));
    return orders.isEmpty() ? "" : "; " + orders;
  }

  private static String order(Effect effect) {
    if (effect instanceof Effect.Send send) {
      return "send " + send.signal();
    }
    if (effect instanceof Effect.Stop stop) {
      return "stop with " + stop.signal();
    }
    return switch (effect.getClass().getSimpleName()) {
      case "Launch" -> "launch";
      case "Arm" -> "set deadline";
      case "RetireOutput" -> "retire output";
      case "Finish" -> "run finish";
      case "KillFinish" -> "kill finish";
      default -> throw new AssertionError(effect.toString());
    };
  }

  private static ProcessSpec spec(Desire desire, StandardRestartPolicy policy) {
    return Fixture.child().withInitially(desire).withRestart(policy).build();
  }

  private static ProcessSpec followed() {
    return Fixture.child().withFinish(FinishSpec.of(FinishSpec.Style.S6, "./finish")).build();
  }

  private static StandardRestartPolicy permanent() {
    return (StandardRestartPolicy) Fixture.child().build().restart();
  }

  /** A child in this phase; empty if the two do not go together. */
  private static Optional<Fixture> in(Phase phase, Desire desire) {
    RestartLimit never = (history, now) -> false;
    Fixture plain = Fixture.started(spec(Desire.UP, permanent()));
    Fixture ended =
        switch (phase) {
          case DOWN -> Fixture.started(spec(Desire.DOWN, permanent()));
          case LAUNCHING -> plain;
          case WAITING -> plain.launched().exits(1).step(new Input.Hold(Fixture.CHILD, "test"));
          case RUNNING -> plain.launched();
          case STOPPING -> plain.launched().restart();
          case KILLING -> plain.launched().restart().due();
          case UNKILLABLE -> plain.launched().restart().due().due();
          case FINISHING -> Fixture.started(followed()).launched().exits(1);
          case BACKOFF -> plain.launched().exits(1);
          case QUARANTINED ->
              Fixture.started(spec(Desire.UP, permanent().withLimit(never))).launched().exits(1);
          case FINISHED ->
              Fixture.started(spec(Desire.UP, RestartPolicy.transientPolicy())).launched().exits(0);
          case FAILED ->
              Fixture.started(
                      spec(Desire.UP, permanent().withLimit(never).withGiveUp(GiveUp.stayDown())))
                  .launched()
                  .exits(1);
        };
    assertThat(ended.now().phase()).isEqualTo(phase);
    if (ended.now().desire() == desire) {
      return Optional.of(ended);
    }
    if (desire == Desire.ONCE) {
      boolean canBe = phase.isAlive() || phase == Phase.WAITING;
      return canBe
          ? Optional.of(ended.step(new Input.Once(Fixture.CHILD, "test")))
          : Optional.empty();
    }
    boolean canBeWantedDown = phase.isAlive() && phase != Phase.RUNNING;
    return desire == Desire.DOWN && canBeWantedDown ? Optional.of(ended.down()) : Optional.empty();
  }

  private static Input input(Fixture fixture, InputKind kind) {
    ChildModel child = fixture.now();
    var run = child.number() == 0 ? fixture.run(1) : child.incarnation();
    return switch (kind) {
      case UP -> new Input.Up(Fixture.CHILD, "asked for");
      case ONCE -> new Input.Once(Fixture.CHILD, "asked for");
      case DOWN -> new Input.Down(Fixture.CHILD, "asked for");
      case RESTART -> new Input.Restart(Fixture.CHILD, "asked for");
      case SIGNAL -> new Input.SendSignal(Fixture.CHILD, Signal.HUP, "asked for");
      case PAUSE -> new Input.Pause(Fixture.CHILD, "asked for");
      case RESUME -> new Input.Resume(Fixture.CHILD, "asked for");
      case DEFINE ->
          new Input.Define(Fixture.child().addVariable("NEW", "1").build(), "spec changed");
      case REMOVE -> new Input.Remove(Fixture.CHILD, "removed");
      case START -> new Input.Start(Fixture.CHILD);
      case HOLD -> new Input.Hold(Fixture.CHILD, "its group is restarted");
      case STOP -> new Input.Stop(Fixture.CHILD, "its group is restarted");
      case KILL -> new Input.Kill(Fixture.CHILD, "no time is left");
      case END_TEAM -> new Input.EndTeam(Fixture.CHILD, new ExitStatus.Completed(), "test");
      case LAUNCHED -> new Input.Launched(run, new Pid(42));
      case LAUNCH_FAILED ->
          new Input.LaunchFailed(run, new LaunchFailure(LaunchFault.CHILD, "ENOENT", "p", "no"));
      case EXITED -> new Input.Exited(run, new ExitStatus.Exited(1));
      case FINISH_ENDED -> new Input.FinishEnded(run, new ExitStatus.Exited(0));
      case SIGNAL_PROGRAM_ENDED ->
          new Input.SignalProgramEnded(
              new SignalOrder(run, 1, Signal.TERM), Optional.of(new ExitStatus.Exited(1)));
      case NOTIFIED -> new Input.Notified(run);
      case PINGED -> new Input.Pinged(run);
      case AILING -> new Input.Ailing(run);
      case MORE_TIME -> new Input.MoreTime(run, Duration.ofHours(1));
      case SAID -> new Input.Said(run, Notice.of(Notice.Kind.STATUS, "well"));
      case LEFT_BEHIND -> new Input.LeftBehind(run, 1, Leftovers.KILLED);
      case OUTPUT_LOST -> new Input.OutputLost(run, 1, "disk full");
      case DEADLINE -> new Input.Deadline(Fixture.CHILD, child.deadlineNanos().orElse(0));
    };
  }

  private static final String HEAD =
      """
      # The state machine of a child

      Rendered by a test (`StateTableTest`), which fails if this page is not what the machine does. Each
      pair of phase and input is answered; "nothing" is an answer. The compiler checks that no pair is
      forgotten.

      The child of these tables is permanent, with a back-off of 1 s and a stop ladder of TERM, 10 s,
      KILL, 2 s; it is ready when it has lived for 1 s; EXITED is exit code 1 of the current run; DEFINE
      brings another spec. For FINISHED it is transient and ended with 0; for QUARANTINED and FAILED its
      limit allows no restart; for FINISHING a command is run after each end, with a limit of 5 s, and
      FINISH_ENDED is its exit code 0; in the other tables there is none. No signal has a program, so that
      SIGNAL_PROGRAM_ENDED is always about one that nobody waits for (a program that is waited for, of a
      child that is RUNNING or STOPPING, is followed by its signal if it has failed, else by nothing). A report of an older run, and a
      deadline that was replaced, change nothing in
      any phase. "Wanted down" in LAUNCHING means: asked down while the launch was under way.

      A task has the same tables with other orders: an interrupt instead of the ladder, UNKILLABLE after
      its grace (with another interrupt) instead of KILLING, and no answer to SIGNAL.
      """;
}
