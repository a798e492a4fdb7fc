package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jsupervisor.definition.DefinitionFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each problem of a service file is told with its line, key, value and rule. */
class ServiceFileProblemsTest {
  @TempDir Path root;
  private DefinitionFixture disk;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
  }

  @Test
  void fiveErrors_areFiveProblems() {
    Path file =
        disk.file(
            "web.properties",
            """
            # five errors
            comand = /bin/true
            argument = 5
            stop.grace = 10

            ready.descriptor = 3
            log.size = 1K
            restart.limit = many
            """);
    assertThat(disk.told(file))
        .containsExactlyInAnyOrder(
            "web.properties:2: comand: is not a key of a service file",
            "web.properties: command: must name a program",
            "web.properties:4: stop.grace: must be a whole number with a unit: ms, s, m or h, as in"
                + " 10s, was '10'",
            "web.properties:6: ready.descriptor: is for ready=notify only, was '3'",
            "web.properties:7: log.size: must be 4096 to 1099511627776 bytes, was '1024'",
            "web.properties:8: restart.limit: must be a whole number, was 'many'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initially=maybe | initially: must be one of down, up, was 'maybe'",
        "command=y | command: must stand only once, is already in line 1",
        "included=other.properties | included: is not a key of a service file",
        "env.A=1\\nenv.A=2 | env.A: must stand only once, is already in line 2",
        "env.=1 | env.: a name must not be empty nor contain '=' or a NUL",
        "env.A=secret\\u0000 | env.A: must not contain a NUL",
        "argument=secret\\u0000 | argument: must not contain a NUL",
        "environment.inherit=A,,B | environment.inherit: a name must not be empty nor contain '='"
            + " or a NUL",
        "input=pipe | input: must be one of fed, file, none, written, was 'pipe'",
        "input.file=/a | input.file: is for input=file only, was '/a'",
        "directory= | directory: must not be empty",
        "ready=notify | ready: needs ready.descriptor, was 'notify'",
        "ready=tcp | ready: needs ready.address, was 'tcp'",
        "ready=tcp\\nready.address=80 | ready.address: must be HOST:PORT, as in 127.0.0.1:8080 or"
            + " [::1]:8080, was '80'",
        "ready=tcp\\nready.address=a:0 | ready.address: must be 1 to 65535, was '0'",
        "ready=http\\n"
            + "ready.url=https://a/ | ready.url: must be http://HOST[:PORT]/PATH, without user, was"
            + " 'https://a/'",
        "ready=log\\nready.pattern=( | ready.pattern: must be a regular expression: Unclosed group,"
            + " was '('",
        "ready=launch\\nready.pattern=a | ready.pattern: is for ready=log only, was 'a'",
        "ready.argument=a | ready.argument: is for ready=command only",
        "watchdog=0s | watchdog: must be positive and at most 36500 days, was 'PT0S'",
        "ready=notify\\nready.descriptor=2 | ready.descriptor: must be 3 to 255, was '2'",
        "ready=launch\\nready.after=1s | ready.after: is for ready=alive only, was '1s'",
        "ready.after=0s | ready.after: must be positive and at most 36500 days, was 'PT0S'",
        "ready.after=999999999999h | ready.after: must be positive and at most 36500 days, was"
            + " 'PT999999999999H'",
        "restart=temporary\\nrestart.limit=1 | restart.limit: has no effect with"
            + " restart=temporary, was '1'",
        "restart.limit=257 | restart.limit: must be 0 to 256, was '257'",
        "restart.period=0s | restart.period: must be positive, was '0s'",
        "restart.backoff.cap=1ms | restart.backoff.cap: must be at least restart.backoff.initial,"
            + " was '1ms'",
        "restart.backoff.initial=1m | restart.backoff.initial: must be at most"
            + " restart.backoff.cap, was '1m'",
        "restart.backoff.initial=0s | restart.backoff.initial: must be positive, was '0s'",
        "restart.backoff=none\\nrestart.backoff.cap=1s | restart.backoff.cap: has no effect with"
            + " restart.backoff=none, was '1s'",
        "restart.quarantine=2h | restart.quarantine: must be at most restart.quarantine.max, was"
            + " '2h'",
        "restart.give-up=escalate\\nrestart.quarantine=1s | restart.quarantine: is for"
            + " restart.give-up=quarantine only, was '1s'",
        "stop.signal=BLAH | stop.signal: must be a name such as TERM, HUP or RTMIN+1, or a number,"
            + " was 'BLAH'",
        "stop.grace=-5s | stop.grace: must be a whole number with a unit: ms, s, m or h, as in 10s,"
            + " was '-5s'",
        "stop.kill-wait=0ms | stop.kill-wait: must be positive and at most 36500 days, was 'PT0S'",
        "finish= | finish: must name a program",
        "finish.limit=1s | finish.limit: is for finish only, was '1s'",
        "finish=x\\nfinish.style=nosh | finish.style: must be one of none, perp, runit, s6, was"
            + " 'nosh'",
        "finish=x\\nfinish.limit=25h | finish.limit: must be positive and at most 24 hours, was"
            + " 'PT25H'",
        "finish=x\\nfinish.never=TERM | finish.never: must be exit codes only, was 'TERM'",
        "signal.command.HUP= | signal.command.HUP: must name a program",
        "signal.command.NOSUCH=x | signal.command.NOSUCH: must be a name such as TERM, HUP or RTMIN+1,"
            + " or a number, was 'NOSUCH'",
        "signal.command.HUP=x\\nsignal.command.SIGHUP=y | signal.command.SIGHUP: is the same signal"
            + " as another key",
        "signal.argument.HUP=x | signal.argument.HUP: is for signal.command.HUP only",
        "signal.limit=1s | signal.limit: is for signal.command.NAME only, was '1s'",
        "signal.command.HUP=x\\nsignal.limit=25h | signal.limit: must be positive and at most 24"
            + " hours, was 'PT25H'",
        "leftovers=none | leftovers: must be one of kept, killed, was 'none'",
        "log=off\\nlog.argument=x | log.argument: is for log=on only",
        "log.size=8K\\nlog.total=4K | log.total: must be at least the file size, 8192, was '4096'",
        "log.age=1ms | log.age: must be at least a second, was 'PT0.001S'",
        "log.line=2G | log.line: must be 48 to 1073741824 bytes, was '2147483647'",
        "log.selection=debug | log.selection: must begin with + or -, as in -debug:*, was 'debug'",
        "log.command=x | log.command: is for log.processing=command only, was 'x'",
        "log.sync.interval=1s | log.sync.interval: is for log.sync=interval only, was '1s'",
        "log=off\\nlog.files=3 | log.files: is for log=on only, was '3'",
        "log=off\\nlog.back-pressure=block | log.back-pressure: is for log=on only, was 'block'",
        "log.back-pressure=wait | log.back-pressure: must be one of block, drop-newest,"
            + " drop-oldest, lose, spill, was 'wait'",
        "log.back-pressure.budget=1M | log.back-pressure.budget: is for"
            + " log.back-pressure=drop-oldest, drop-newest and spill only, was '1M'",
        "log.back-pressure=drop-oldest\\nlog.back-pressure.budget=1K |"
            + " log.back-pressure.budget: must be 65536 to 1073741824, was '1024'",
        "log.back-pressure=drop-oldest\\nlog.back-pressure.file=x |"
            + " log.back-pressure.file: is for log.back-pressure=spill only, was 'x'",
        "log.stderr=both | log.stderr: must be one of joined, off, separate, was 'both'",
        "log.stderr.directory=x | log.stderr.directory: is for log.stderr=separate only, was 'x'",
        "log.tail=0 | log.tail: must be 1 to 10000, was '0'",
        "log.slf4j= | log.slf4j: must name a logger",
        "log.slf4j.level=info | log.slf4j.level: needs log.slf4j, was 'info'",
        "log.slf4j=a\\nlog.slf4j.level=loud | log.slf4j.level: must be one of debug, error, info,"
            + " trace, warn, was 'loud'",
        "log.syslog=udp:localhost:514 | log.syslog: must be local, a path that begins with /, or"
            + " udp:ADDRESS:PORT with numbers, as in udp:127.0.0.1:514, was 'udp:localhost:514'",
        "log.syslog=udp:999.0.0.1:514 | log.syslog: must be local, a path that begins with /, or"
            + " udp:ADDRESS:PORT with numbers, as in udp:127.0.0.1:514, was 'udp:999.0.0.1:514'",
        "log.syslog=udp:[::x]:1 | log.syslog: must be local, a path that begins with /, or"
            + " udp:ADDRESS:PORT with numbers, as in udp:127.0.0.1:514, was 'udp:[::x]:1'",
        "log.syslog.back-pressure.file=x | log.syslog.back-pressure.file: needs log.syslog, was"
            + " 'x'",
        "log.files=0 | log.files: must be 1 to 10000, was '0'",
        "log.size=10 | log.size: must be a whole number with a unit: K, M or G, as in 10M, was"
            + " '10'",
        "log.timestamps=tai | log.timestamps: must be one of iso, none, tai64n, was 'tai'",
      })
  void badEntry_isToldWithLineKeyValueAndRule(String entry, String expected) {
    String lines = entry.replace("\\n", "\n");
    Path file = disk.file("web.properties", "command=x\n" + lines + "\n");
    long line = 1 + lines.lines().count();
    String place = expected.startsWith("ready: needs") ? "2" : Long.toString(line);
    assertThat(disk.told(file)).containsExactly("web.properties:" + place + ": " + expected);
  }

  @Test
  void whatIsMandatoryWithAChoice_isToldWhereItIsMissing() {
    assertThat(disk.told(disk.file("web.properties", "command=x\nlog.processing=command\n")))
        .containsExactly("web.properties: log.command: must name a program");
    assertThat(disk.told(disk.file("web.properties", "command=x\nlog.sync=interval\n")))
        .containsExactly("web.properties: log.sync.interval: must be there with log.sync=interval");
  }

  @Test
  void secrets_areNeverShown() {
    Path file =
        disk.file(
            "web.properties",
            """
            env.PASSWORD=hunter2\\u0000
            argument=hunter2\\u0000
            env.PASSWORD=hunter2
            passwort=hunter2
            """);
    assertThat(disk.told(file)).hasSize(5).noneMatch(text -> text.contains("hunter2"));
  }
}
