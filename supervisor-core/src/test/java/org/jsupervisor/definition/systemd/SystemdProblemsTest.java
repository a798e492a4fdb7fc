package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jsupervisor.definition.Definition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a unit or its variables is told with its line. */
class SystemdProblemsTest extends UnitCase {
  private static final String WEB = "web.service";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Service]\\n | web.service: ExecStart: must be there",
        "ExecStart=x\\n | web.service:1: must be in a section: [NAME] must come before it",
        "[Service]\\nExecStart\\n | web.service:2: must be KEY=VALUE, [SECTION] or a comment",
        "[Service\\nExecStart=x\\n | web.service:1: must close the name of its section with ]",
        "[Service]\\n"
            + "ExecStart=x \\\\\\n"
            + " | web.service:2: must be continued: it ends with a backslash",
        "[Service]\\nExecStart=x 'y\\n | web.service:2: ExecStart: must close what is quoted by '",
        "[Service]\\nExecStart=$X\\n | web.service:2: ExecStart: must name a program, and not by a"
            + " variable",
        "[Service]\\nExecStart=x\\nExecStart=y\\n | web.service:3: ExecStart: must be one command"
            + " without Type=oneshot",
        "[Service]\\nExecStart=+x\\nUser=u\\n | web.service:2: ExecStart: must have no + and ! if"
            + " there is a user: all are run as that",
        "[Service]\\nType=forking\\nExecStart=x\\n | web.service:2: Type: must not fork: run it in"
            + " the foreground, was 'forking'",
        "[Service]\\n"
            + "BusName=a.b\\n"
            + "ExecStart=x\\n"
            + " | web.service: Type: must not need a bus: there is none, was 'dbus'",
        "[Service]\\nDynamicUser=yes\\nExecStart=x\\n | web.service:2: DynamicUser: must not be"
            + " there: without it the service would run as somebody else, or in any case",
        "[Service]\\n"
            + "Restart=maybe\\n"
            + "ExecStart=x\\n"
            + " | web.service:2: Restart: must be one of always, no, on-abnormal, on-abort,"
            + " on-failure, on-success, on-watchdog, was 'maybe'",
        "[Service]\\nType=oneshot\\nRestart=always\\nExecStart=x\\n | web.service:3: Restart: must"
            + " be another rule with Type=oneshot, was 'always'",
        "[Service]\\nRestartSec=soon\\nExecStart=x\\n | web.service:2: RestartSec: must be a number"
            + " of seconds, or numbers with units as in 1min 30s, at most 10000 days, or infinity,"
            + " was 'soon'",
        "[Service]\\nKillMode=none\\nExecStart=x\\n | web.service:2: KillMode: must be one of"
            + " control-group, mixed, process, was 'none'",
        "[Service]\\nEnvironment=A B=c\\nExecStart=x\\n | web.service:2: Environment: must have"
            + " NAME=VALUE as each word; quote it with its blanks",
        "[Service]\\nEnvironmentFile=/nonexistent/env\\nExecStart=x\\n | /nonexistent/env: is"
            + " missing",
        "[Service]\\nLimitNOFILE=many\\nExecStart=x\\n | web.service:2: LimitNOFILE: must be a"
            + " number, with K, M, G, T, P or E behind it, or infinity, or two of these with :"
            + " between, was 'many'",
        "[Service]\\nRuntimeDirectory=../x\\nExecStart=x\\n | web.service:2: RuntimeDirectory: must"
            + " be a relative path without . and .. and :, was '../x'",
        "[Service]\\nStandardOutput=tty\\nExecStart=x\\n | web.service:2: StandardOutput: must be"
            + " journal, inherit, null, append:PATH or truncate:PATH, was 'tty'",
        "[Service]\\nWorkingDirectory=~\\nExecStart=x\\n | web.service:2: WorkingDirectory: must be"
            + " an absolute path, was '~'",
        "[Unit]\\nAfter=web.service\\n[Service]\\nExecStart=x\\n | web.service:2: After: must be"
            + " another unit, was 'web.service'",
      })
  void whatIsWrong_isToldWithItsLine(String content, String expected) {
    disk.file(WEB, content.replace("\\\\", "\\").replace("\\n", "\n"));
    assertThat(disk.told(WEB)).containsExactly(expected);
  }

  @Test
  void specifierThatIsNotThere_isRefused_andTheValueNotShown() {
    disk.file(WEB, "[Service]\nExecStart=/bin/x secret %H\n");
    assertThat(disk.told(WEB))
        .singleElement()
        .asString()
        .contains("and not 'H'")
        .doesNotContain("secret");
  }

  @Test
  void variableThatIsNotSet_isEmpty_withANote() {
    disk.file(WEB, "[Service]\nExecStart=/bin/x $A ${A}b\n");
    assertThat(disk.spec(WEB, "web").command().argv()).containsExactly("/bin/x", "b");
    assertThat(disk.notes(WEB))
        .contains(
            "web.service:2: ExecStart: is a variable that the unit does not set; it is taken as"
                + " empty, was 'A'");
  }

  @Test
  void environmentFile_isReadByItsRules() {
    Path file =
        disk.file(
            "env",
            "# c\n; c\nA=b c \nB=\"d \\\"e\\\" \\x\"\nC='f\\g'\nD=it's\nE=\\a\\\\\nno\nF=\n");
    disk.file(WEB, "[Service]\nExecStart=/bin/x\nEnvironmentFile=" + file + "\n");
    Map<String, String> variables = disk.spec(WEB, "web").environment().variables();
    assertThat(variables)
        .containsEntry("A", "b c")
        .containsEntry("B", "d \"e\" \\x")
        .containsEntry("C", "f\\g")
        .containsEntry("D", "it's")
        .containsEntry("E", "a\\")
        .containsEntry("F", "");
    assertThat(disk.notes(WEB)).contains("env:8: is ignored, as by systemd: it has no =");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A='b | env:1: A: must close what is quoted by ' in its line",
        "A='b' c | env:1: A: must have nothing behind what is quoted",
        "A=b\\ | env:1: A: must end in its line",
        "1A=b | env:1: must have a name of letters, digits and _",
      })
  void environmentFileThatIsWrong_refusesTheUnit_andNoValueIsShown(String line, String expected) {
    Path file = disk.file("env", line + "\n");
    disk.file(WEB, "[Service]\nExecStart=/bin/x\nEnvironmentFile=" + file + "\n");
    assertThat(disk.told(WEB)).containsExactly(expected);
  }

  @Test
  void nameThatCannotBeAChilds_isRefused() {
    disk.file("a b.service", "[Service]\nExecStart=/bin/x\n");
    assertThat(disk.read("a b.service")).singleElement().isInstanceOf(Definition.Refused.class);
  }

  @Test
  void linesAndValuesThatAreWrong_areToldAtOnce() {
    disk.file("a.service", "[Service]\nUMask=9\nfoo\nExecStart=/bin/a\n");
    disk.file("a.service.d/10.conf", "[Service]\nbar\nSendSIGKILL=maybe\n");
    assertThat(disk.told("a.service"))
        .containsExactlyInAnyOrder(
            "a.service:2: UMask: must be an octal number, was '9'",
            "a.service:3: must be KEY=VALUE, [SECTION] or a comment",
            "a.service.d/10.conf:2: must be KEY=VALUE, [SECTION] or a comment",
            "a.service.d/10.conf:3: SendSIGKILL: must be yes or no, was 'maybe'");
  }
}
