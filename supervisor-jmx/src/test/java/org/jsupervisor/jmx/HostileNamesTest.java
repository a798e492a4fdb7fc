package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that would be a pattern, another bean, or no name at all never become a bean. */
final class HostileNamesTest {
  private final JmxFixture jmx = new JmxFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "?",
        "web*",
        "\"web\"",
        "we\"b",
        "web\n",
        "\nweb",
        "web\r",
        "web,type=Evil",
        "web,view=Log",
        "web:type=Evil",
        "web=1",
        "web\\",
        "web web",
        " ",
        "",
        ".",
        "..",
        "\u0000",
        "w\u202eeb",
        "w\u00e9b"
      })
  void name_thatIsHostile_isNoChildNorTree(String name) {
    assertThat(ChildId.isName(name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ChildId.of(name));
    assertThatIllegalArgumentException().isThrownBy(() -> ChildId.ROOT.child(name));
    FakeSupervisor odd = new FakeSupervisor(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisorMBeans.register(odd, jmx.server()))
        .withMessageContaining("must be 1 to 100 of A-Z a-z 0-9 . _ @ -");
    assertThat(jmx.ours()).isEmpty();
    assertThat(odd.listeners()).isZero();
  }

  /** Every character that a name may have, in one that JMX must take as it is. */
  @Test
  void name_withAllThatIsAllowed_isOnePlainValue() throws MalformedObjectNameException {
    StringBuilder allowed = new StringBuilder();
    for (char character = 0; character < 0x250; character++) {
      if (ChildId.isName("a" + character + "b")) {
        allowed.append(character);
      }
    }
    String name = "a" + allowed + "b";
    FakeSupervisor tree =
        new FakeSupervisor("main").put(Children.down(ChildId.of(name.substring(0, 60))));
    try (Registration registration = SupervisorMBeans.register(tree, jmx.server())) {
      for (ObjectName bean : registration.names()) {
        assertThat(bean.isPattern()).isFalse();
        assertThat(bean.toString()).doesNotContain("\"");
        assertThat(new ObjectName(bean.getCanonicalName())).isEqualTo(bean);
      }
      assertThat(registration.names())
          .filteredOn(bean -> "Service".equals(bean.getKeyProperty("type")))
          .extracting(bean -> bean.getKeyProperty("name"))
          .isEqualTo(List.of(name.substring(0, 60), name.substring(0, 60), name.substring(0, 60)));
    }
  }

  @Test
  void services_areFoundByTheDocumentedPattern_withoutTheirViews() {
    FakeSupervisor tree =
        new FakeSupervisor("main")
            .put(Children.running(Children.WEB))
            .put(Children.down(ChildId.of("group/worker")));
    try (Registration registration = SupervisorMBeans.register(tree, jmx.server())) {
      assertThat(registration.names()).hasSize(3 + 2 * 3);
      assertThat(
              jmx.server()
                  .queryNames(
                      JmxFixture.name("org.jsupervisor:type=Service,supervisor=*,name=*"), null))
          .containsExactlyInAnyOrder(
              JmxFixture.service("web"),
              JmxFixture.name("org.jsupervisor:type=Service,supervisor=main.group,name=worker"));
    }
  }
}
