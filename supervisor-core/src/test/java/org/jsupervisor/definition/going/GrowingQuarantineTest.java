package org.jsupervisor.definition.going;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsupervisor.definition.RestartStory;
import org.jsupervisor.policy.GiveUp;
import org.junit.jupiter.api.Test;

class GrowingQuarantineTest {
  @Test
  void pause_doublesUpToItsLimit_andALongLifeForgivesIt() {
    RestartStory story =
        new RestartStory(
            new GrowingQuarantine(
                Duration.ofSeconds(5),
                new GiveUp.Quarantine(Duration.ofSeconds(30), Duration.ofSeconds(100))));
    assertThat(story.exits(0, 4)).isEqualTo("quarantine for 30");
    assertThat(story.launchFails()).isEqualTo("quarantine for 60");
    assertThat(story.exits(1, 0)).isEqualTo("quarantine for 100");
    assertThat(story.exits(1, 5)).isEqualTo("restart after 0");
    assertThat(story.exits(1, 4)).isEqualTo("quarantine for 30");
  }
}
