package org.jsupervisor.samples.consoles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** jmxterm on a running scan host, attached by its pid. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class JmxtermTest {
  @TempDir private static Path temp;
  @AutoClose private static OperatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = OperatedHost.start(temp, List.of());
  }

  private static Jmxterm session(String name) throws Exception {
    return Jmxterm.open(temp.resolve(name), host.process().pid());
  }

  @Test
  void beansAreListed_andEveryAttributeOfEach_isReadWithoutAnError() throws Exception {
    Map<String, Set<String>> beans = host.beans();
    try (Jmxterm session = session("read")) {
      session.say("beans -d org.jsupervisor");
      for (String bean : beans.keySet()) {
        session.say("bean " + bean);
        session.say("info -e");
        session.say("get *");
      }

      assertThat(session.quit()).as(session.printed()).isZero();

      assertThat(session.printed()).contains(beans.keySet());
      beans.forEach((bean, attributes) -> assertRead(session.printed(), bean, attributes));
    }
  }

  /** Behind the line that says which bean is chosen, each attribute has a value. */
  private static void assertRead(String printed, String bean, Set<String> attributes) {
    int from = printed.indexOf("#bean is set to " + bean);
    assertThat(from).as(bean).isNotNegative();
    int to = printed.indexOf("#bean is set to ", from + 1);
    String answer = printed.substring(from, to < 0 ? printed.length() : to);
    Set<String> read =
        Pattern.compile("^([A-Z][A-Za-z]*) = ", Pattern.MULTILINE)
            .matcher(answer)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(read).as(bean).isEqualTo(attributes);
  }

  @Test
  void restart_bringsANewPid_andTheNotificationsOfIt() throws Exception {
    long before = host.webPid(1);
    try (Jmxterm session = session("restart")) {
      session.say("bean " + OperatedHost.WEB);
      session.say("get -s Pid");
      session.say("subscribe");
      session.say("run restart certificate\\ renewed 10");
      session.awaitPrinted("service.ready");
      session.say("get -s Pid");
      session.say("unsubscribe");

      assertThat(session.quit()).as(session.printed()).isZero();

      long after = host.webPid(2);
      assertThat(after).isNotEqualTo(before);
      assertThat(session.printed().lines())
          .contains(Long.toString(before), Long.toString(after))
          .anySatisfy(line -> assertThat(line).contains("restarted", Long.toString(after)))
          .anySatisfy(line -> assertThat(line).contains("service.ended", "service 'web'"))
          .anySatisfy(line -> assertThat(line).contains("service.launched"));
    }
  }

  @Test
  void refusal_isTold_andEndsAScript() throws Exception {
    try (Jmxterm session = session("refusal")) {
      session.say("bean " + OperatedHost.WEB);
      session.say("run restart String 1");

      assertThat(session.quit()).isNotZero();

      assertThat(session.printed()).contains("reason must be written");
    }
  }
}
