package org.jsupervisor.definition.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.definition.RestartStory;
import org.jsupervisor.definition.supervisord.SupervisordPolicy.Autorestart;
import org.jsupervisor.policy.ExitSet;
import org.junit.jupiter.api.Test;

/** The restart rule of supervisord, as its table of states has it. */
class SupervisordPolicyTest {
  private static RestartStory story(Autorestart autorestart, long startsecs) {
    return new RestartStory(
        new SupervisordPolicy(autorestart, ExitSet.CLEAN, Duration.ofSeconds(startsecs), 3));
  }

  @Test
  void failedStarts_areTriedAgain_oneSecondLaterEachTime_thenNoMore() {
    for (Autorestart each : Autorestart.values()) {
      RestartStory story = story(each, 1);
      assertThat(story.exits(0, 0)).isEqualTo("restart after 1");
      assertThat(story.launchFails()).isEqualTo("restart after 2");
      assertThat(story.exits(1, 0)).isEqualTo("restart after 3");
      assertThat(story.exits(1, 0)).isEqualTo("down: more than 3 start retries");
    }
  }

  @Test
  void longLife_beginsTheRetriesAnew() {
    RestartStory story = story(Autorestart.ALWAYS, 1);
    assertThat(story.exits(1, 0)).isEqualTo("restart after 1");
    assertThat(story.exits(1, 0)).isEqualTo("restart after 2");
    assertThat(story.exits(1, 1)).isEqualTo("restart after 0");
    assertThat(story.exits(1, 0)).isEqualTo("restart after 1");
  }

  @Test
  void endAfterStartsecs_isJudgedByAutorestart() {
    assertThat(story(Autorestart.ALWAYS, 1).exits(0, 1)).isEqualTo("restart after 0");
    assertThat(story(Autorestart.UNEXPECTED, 1).exits(0, 1)).isEqualTo("FINISH");
    assertThat(story(Autorestart.UNEXPECTED, 1).exits(1, 1)).isEqualTo("restart after 0");
    assertThat(story(Autorestart.NEVER, 1).exits(0, 1)).isEqualTo("FINISH");
    assertThat(story(Autorestart.NEVER, 1).exits(1, 1)).isEqualTo("down: autorestart is false");
  }

  @Test
  void withoutStartsecs_noRunIsAFailedStart_butAFailedLaunchIs() {
    RestartStory story = story(Autorestart.UNEXPECTED, 0);
    for (int i = 0; i < 100; i++) {
      assertThat(story.exits(1, 0)).isEqualTo("restart after 0");
    }
    assertThat(story.launchFails()).isEqualTo("restart after 1");
  }
}
