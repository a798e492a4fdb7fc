package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.Request;
import org.junit.jupiter.api.Test;

class AskersTest {
  private static final Request OLGA = Request.of("jmx:olga", "deploy");

  private static Request by(String name) {
    return Request.of(name, "me too");
  }

  @Test
  void firstAsker_keepsNameAndReason_andTheOthersAreNamedOnce() {
    Askers one = Askers.NOBODY.with(OLGA);
    Askers three = one.with(by("jmx:eve")).with(by("api")).with(by("jmx:eve")).with(by("jmx:olga"));

    assertThat(one.request()).isEqualTo(OLGA);
    assertThat(three.request()).isEqualTo(Request.of("jmx:olga", "deploy; also for jmx:eve, api"));
  }

  @Test
  void rescanForChanges_isNobodys_besideAnOperators() {
    assertThat(Askers.NOBODY.request()).isEqualTo(ScanApplication.BY_DEFINITION);
    assertThat(Askers.NOBODY.with(ScanApplication.BY_DEFINITION).with(OLGA).request())
        .isEqualTo(OLGA);
    assertThat(Askers.NOBODY.with(OLGA).with(ScanApplication.BY_DEFINITION).request())
        .isEqualTo(OLGA);
  }

  @Test
  void longNamesAndReasons_areBounded_andNoCharacterIsCutInTwo() {
    String smile = "\uD83D\uDE00";
    for (String shift : new String[] {"", "x"}) {
      String reason = shift + smile.repeat((Request.REASON_LENGTH_MAX - 1) / 2);
      Askers askers = Askers.NOBODY.with(Request.of("jmx:olga", reason));
      for (int n = 0; n < 1000; n++) {
        askers = askers.with(by("%063d".formatted(n)));
      }
      assertThat(askers.others()).hasSize(1);
      assertThat(askers.request().reason())
          .startsWith(shift + smile.repeat(40))
          .endsWith(smile + " [cut]; also for " + "0".repeat(63) + " and 999 more requests");
    }
  }
}
