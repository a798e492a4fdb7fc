package org.jsupervisor.posix.internal.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ChildEnvironmentTest {
  private static final Map<String, String> HOST = Map.of("A", "1", "B", "2", "PATH", "/bin");

  private final HostEnvironment host = new HostEnvironment(HOST);

  @Test
  void environmentOfASpec_isWhatItResolvesTo() {
    var environments =
        Set.of(
            Environment.inheritAll(),
            Environment.inheritAll().with("A", "mine").with("C", "3"),
            Environment.inheritOnly(Set.of("B", "absent")).with("C", "3"),
            Environment.inheritAllBut(Set.of("B", "absent")).with("C", "3"),
            Environment.empty(),
            Environment.empty().with("PATH", "/mine"));

    for (Environment environment : environments) {
      assertThat(of(environment).all()).isEqualTo(environment.resolve(HOST));
    }
  }

  @Test
  void variablesThatAreReplaced_areNotPointedTo() {
    ChildEnvironment child = of(Environment.inheritAll().with("B", "mine")).with("C", "3");

    assertThat(texts(child)).containsExactly("B=mine", "C=3");
    assertThat(child.hostTexts().size()).isEqualTo(2);
    assertThat(child.get("B")).hasValue("mine");
    assertThat(child.get("PATH")).hasValue("/bin");
  }

  @Test
  void variableThatIsTakenAway_isGone_andTheOthersAreThere() {
    ChildEnvironment child = of(Environment.inheritAll().with("C", "3")).without("A");

    assertThat(child.get("A")).isEmpty();
    assertThat(child.all()).isEqualTo(Map.of("B", "2", "C", "3", "PATH", "/bin"));
    assertThat(child.hostTexts().size()).isZero();
    assertThat(texts(child)).containsExactly("B=2", "C=3", "PATH=/bin");
  }

  @Test
  void replacedEnvironment_hasNothingOfTheHosts() {
    ChildEnvironment child =
        of(Environment.inheritAll()).replacedBy(new TreeMap<>(Map.of("X", "y")));

    assertThat(child.all()).isEqualTo(Map.of("X", "y"));
    assertThat(child.hostBytes()).isZero();
    assertThat(child.hostTexts().size()).isZero();
  }

  @Test
  void values_areNotShown() {
    ChildEnvironment child = of(Environment.inheritAll().with("SECRET", "hush"));

    assertThat(child.toString()).contains("SECRET").doesNotContain("hush");
    assertThat(host.toString()).contains("PATH").doesNotContain("/bin");
  }

  private ChildEnvironment of(Environment environment) {
    var spec = ProcessSpec.builder("child", "/bin/true").withEnvironment(environment).build();
    return ChildEnvironment.of(spec, host);
  }

  private static Iterable<String> texts(ChildEnvironment child) {
    return child.ownTexts().stream().map(CString::text).toList();
  }
}
