package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of keys. */
class ServiceKeyTest {
  /** A peer once refused the last letter of its protocol (s6). */
  @ParameterizedTest
  @EnumSource(ServiceKey.class)
  void bug10_everyKey_alsoTheLast_isAccepted(ServiceKey key) {
    assertThat(ServiceKey.of(key.text())).contains(key);
  }

  @Test
  void bug10_anyOther_isNot() {
    assertThat(ServiceKey.of("")).isEmpty();
    assertThat(ServiceKey.of("commands")).isEmpty();
    assertThat(ServiceKey.of("COMMAND")).isEmpty();
  }
}
