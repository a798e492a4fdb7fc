package org.jsupervisor.jmx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.management.ObjectName;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name can make of an object name: nothing but a value of its key. */
final class BeanNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,type=Evil",
        "a:b",
        "a=b",
        "*",
        "a*",
        "?",
        "w?b",
        "\"a\"",
        "a\\b",
        "a\nb",
        "a\rb",
        "..",
        ".",
        " a",
        "a ",
        "",
        "\u001b[31m",
        "\u202ea",
        "a\u0000b",
        "\u00e4"
      })
  void f48_nameThatWouldMeanSomethingInAnObjectName_isNone(String name) {
    assertThatThrownBy(() -> ChildId.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        // It goes into logs and consoles.
        .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .matches("[\\x20-\\x7e]*");
    assertThatThrownBy(() -> new BeanNames(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 1 to 100 of A-Z");
  }

  @Test
  void f48_allCharactersThatANameMayHave_areTheValueOfItsKey_andComeBack() {
    String all = "a" + ChildIdAlphabet.ALL;
    for (String name : List.of("a..b", "A_@-.9", all)) {
      BeanNames names = new BeanNames(name);
      ServiceNames ofService = names.of(ChildId.of(name));
      ObjectName service = ofService.service();
      assertThat(service.isPattern()).isFalse();
      assertThat(service.getKeyPropertyList())
          .containsOnlyKeys("type", "supervisor", "name")
          .containsEntry("type", "Service")
          .containsEntry("supervisor", name)
          .containsEntry("name", name);
      assertThat(service.getKeyPropertyListString())
          .isEqualTo("type=Service,supervisor=" + name + ",name=" + name);
      assertThat(names.supervisor().getKeyProperty("name")).isEqualTo(name);
      for (ObjectName view : List.of(ofService.log(), ofService.health())) {
        assertThat(view.isPattern()).isFalse();
        assertThat(view.getKeyPropertyList())
            .containsOnlyKeys("type", "supervisor", "name", "view")
            .containsEntry("name", name);
        assertThat(view.toString()).startsWith(service + ",view=");
      }
      assertThat(names.engine().toString())
          .isEqualTo("org.jsupervisor:type=Engine,supervisor=" + name);
      assertThat(names.platform().toString())
          .isEqualTo("org.jsupervisor:type=Platform,supervisor=" + name);
      assertThat(names.scan().toString()).isEqualTo("org.jsupervisor:type=Scan,supervisor=" + name);
    }
  }

  /** Every character that names may have; if there is ever one more, it is tried. */
  private static final class ChildIdAlphabet {
    static final String ALL = all();

    private static String all() {
      StringBuilder text = new StringBuilder();
      for (char c = 0; c < 0x3000; c++) {
        if (ChildId.isName("a" + c)) {
          text.append(c);
        }
      }
      return text.toString();
    }
  }
}
