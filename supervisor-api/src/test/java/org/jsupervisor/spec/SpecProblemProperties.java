package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever somebody wrote into a definition, telling it is safe for a terminal and a log. */
class SpecProblemProperties {
  @Property
  void anything_isShownPrintableAndBounded(@ForAll String path, @ForAll String value) {
    SpecProblem problem = new SpecProblem(path, value, "must be better").under(path);
    assertThat(problem.value().length()).isLessThanOrEqualTo(SpecProblem.VALUE_LENGTH_MAX + 3);
    assertThat(problem.toString().codePoints())
        .noneMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      true;
                  default -> false;
                });
  }

  @Example
  void longValue_isShortenedOnce() {
    SpecProblem problem = new SpecProblem("key", "x".repeat(1_000), "must be shorter");
    assertThat(problem.value()).isEqualTo("x".repeat(120) + "...");
    assertThat(problem.under("file").under("host"))
        .hasToString("host: file: key: must be shorter, was '" + "x".repeat(120) + "...'");
    assertThat(new SpecProblem("", "", "must be there").under("file").path()).isEqualTo("file");
  }

  @Example
  void textThatStaysInsideTheLine_isKept() {
    assertThat(new SpecProblem("key", "zażółć\u001b[2J\u202e", "must be x").value())
        .isEqualTo("zażółć?[2J?");
  }
}
