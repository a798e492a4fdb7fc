package org.jsupervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** The grammar of addresses: what it accepts comes back as it was, the rest is refused. */
class ChildIdProperties {
  @Property
  void path_comesBackAsItWas(@ForAll("paths") String path) {
    ChildId id = ChildId.of(path);
    assertThat(id).hasToString(path).isEqualTo(ChildId.of(id.toString()));
    assertThat(id.parent().orElseThrow().child(id.name())).isEqualTo(id);
    assertThat(id.isRoot()).isFalse();
  }

  @Property
  void anyText_isAcceptedIfAndOnlyIfEachNameIsOne(@ForAll("texts") String text) {
    boolean accepted = true;
    String[] names = text.split("/", -1);
    for (String name : names) {
      accepted &= isNameByHand(name);
    }
    accepted &= names.length <= ChildId.DEPTH_MAX;
    if (accepted) {
      assertThat(ChildId.of(text).path()).isEqualTo(text);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ChildId.of(text))
          .satisfies(refusal -> assertThat(refusal.getMessage()).matches("[\\x20-\\x7e]*"));
    }
  }

  private static boolean isNameByHand(String name) {
    String first = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    return !name.isEmpty()
        && name.length() <= ChildId.NAME_LENGTH_MAX
        && first.indexOf(name.charAt(0)) >= 0
        && name.chars().allMatch(c -> (first + ".@-").indexOf(c) >= 0);
  }

  @Example
  void limits_areInclusive() {
    String longest = "a".repeat(ChildId.NAME_LENGTH_MAX);
    assertThat(ChildId.isName(longest)).isTrue();
    assertThat(ChildId.isName(longest + "a")).isFalse();
    String deepest = "a/".repeat(ChildId.DEPTH_MAX - 1) + "a";
    assertThat(ChildId.of(deepest).path()).isEqualTo(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChildId.of(deepest + "/a"))
        .withMessageContaining("at most 16 names");
  }

  @Example
  void root_hasNoNameAndNoParent() {
    assertThat(ChildId.ROOT.parent()).isEmpty();
    assertThat(ChildId.ROOT.name()).isEmpty();
    assertThat(ChildId.ROOT).hasToString("/");
    assertThat(ChildId.of("a").parent()).isEqualTo(Optional.of(ChildId.ROOT));
    assertThat(ChildId.of("a/b").parent()).isEqualTo(Optional.of(ChildId.of("a")));
    assertThat(ChildId.ROOT.child("a").child("b")).isEqualTo(ChildId.of("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> ChildId.of(""));
    assertThat(ChildId.of("a")).isLessThan(ChildId.of("b"));
  }

  @Provide
  static Arbitrary<String> paths() {
    Arbitrary<String> first = Arbitraries.strings().alpha().numeric().withChars('_').ofLength(1);
    Arbitrary<String> rest =
        Arbitraries.strings().alpha().numeric().withChars("._@-").ofMaxLength(99);
    return first
        .flatMap(f -> rest.map(r -> f + r))
        .list()
        .ofMinSize(1)
        .ofMaxSize(ChildId.DEPTH_MAX)
        .map(names -> String.join("/", names));
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("aZ9_.@-/ \n\u00e9\0~").ofMinLength(1).ofMaxLength(12),
        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(5),
        paths());
  }

  /** What is checked by hand is what is told to people. */
  @Property
  void names_areWhatThePatternSays(
      @ForAll @StringLength(max = 102) @CharRange(from = ' ', to = '~') @Chars({'é', '\0', '٣'})
          String text) {
    boolean isName = text.matches("[A-Za-z0-9_][A-Za-z0-9._@-]{0,99}");
    assertThat(ChildId.isName(text)).isEqualTo(isName);
  }

  @Property
  void longNames_areWhatThePatternSays(
      @ForAll @StringLength(min = 98, max = 102) @AlphaChars String text) {
    assertThat(ChildId.isName(text)).isEqualTo(text.length() <= ChildId.NAME_LENGTH_MAX);
  }
}
