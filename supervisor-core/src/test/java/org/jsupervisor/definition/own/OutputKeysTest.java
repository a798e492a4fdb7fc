package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.sink.Slf4jMaker;
import org.jsupervisor.sink.SyslogMaker;
import org.jsupervisor.sink.TailMaker;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a service file sends output. */
class OutputKeysTest {
  @TempDir Path root;
  private DefinitionFixture disk;
  private Path logs;

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    logs = disk.logRoot();
  }

  private OutputSpec output(String keys) {
    return disk.spec(disk.file("web.properties", "command=x\n" + keys)).output();
  }

  private LogSpec log(String name) {
    return LogSpec.of(logs.resolve(name));
  }

  @Test
  void simpleCases_areAsTheyWere() {
    assertThat(output("")).isEqualTo(OutputSpec.logged(log("web")));
    assertThat(output("log=on\n")).isEqualTo(OutputSpec.logged(log("web")));
    assertThat(output("log=off\n")).isEqualTo(OutputSpec.discarded());
  }

  @Test
  void backPressure_isThatOfItsPlace() {
    assertThat(output("log.back-pressure=drop-newest\nlog.back-pressure.budget=64K\n"))
        .isEqualTo(
            OutputSpec.logged(log("web")).withBackPressure(BackPressure.dropNewest(64 << 10)));
    assertThat(output("log.back-pressure=drop-oldest\n"))
        .isEqualTo(
            OutputSpec.logged(log("web")).withBackPressure(BackPressure.dropOldest(1 << 20)));
    assertThat(output("log.back-pressure=lose\n"))
        .isEqualTo(OutputSpec.logged(log("web")).withBackPressure(BackPressure.loseRefused()));
    assertThat(output("log.back-pressure=spill\n"))
        .isEqualTo(
            OutputSpec.logged(log("web"))
                .withBackPressure(BackPressure.spill(logs.resolve("web.spill"), 100 << 20)));
    assertThat(output("log.back-pressure=spill\nlog.back-pressure.file=/var/spool/web\n"))
        .isEqualTo(
            OutputSpec.logged(log("web"))
                .withBackPressure(BackPressure.spill(Path.of("/var/spool/web"), 100 << 20)));
  }

  @Test
  void samePlaceTwice_isToldAtItsKey() {
    assertThat(
            disk.told(
                disk.file(
                    "web.properties",
                    """
                    command=x
                    log.back-pressure=spill
                    log.back-pressure.file=same
                    log.syslog=local
                    log.syslog.back-pressure=spill
                    log.syslog.back-pressure.file=same
                    """)))
        .containsExactly(
            "web.properties:6: log.syslog.back-pressure.file: must not be there twice, was '"
                + root.relativize(logs.resolve("same"))
                + "'");
  }

  @Test
  void severalPlaces_eachWithItsOwn() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 514);
    assertThat(
            output(
                """
                log.tail = 20
                log.slf4j = child.web
                log.slf4j.level = warn
                log.slf4j.back-pressure = block
                log.syslog = udp:127.0.0.1:514
                log.syslog.facility = local3
                log.syslog.severity = notice
                log.syslog.priorities = read
                """))
        .isEqualTo(
            OutputSpec.toAll(
                OutputSpec.logged(log("web")),
                OutputSpec.made(new TailMaker(20)),
                OutputSpec.made(new Slf4jMaker("child.web", Level.WARNING))
                    .withBackPressure(BackPressure.block()),
                OutputSpec.made(
                        new SyslogMaker(new SyslogMaker.Udp(address), "local3", "notice", "read"))
                    .withBackPressure(BackPressure.dropOldest(1 << 20))));
  }

  @Test
  void placeWithoutALogDirectory_isPossible() {
    assertThat(output("log=off\nlog.tail=5\n")).isEqualTo(OutputSpec.made(new TailMaker(5)));
  }

  @Test
  void syslogOfThisHost_isAtItsSocket() {
    assertThat(output("log=off\nlog.syslog=local\n").destinations())
        .extracting(OutputSpec.Destination::place)
        .containsExactly("syslog /dev/log");
    assertThat(output("log=off\nlog.syslog=/run/log\n").destinations())
        .extracting(OutputSpec.Destination::place)
        .containsExactly("syslog /run/log");
    assertThat(output("log=off\nlog.syslog=udp:[::1]:514\n").destinations())
        .extracting(OutputSpec.Destination::place)
        .containsExactly("syslog udp 0:0:0:0:0:0:0:1:514");
  }

  @Test
  void stderr_isJoined_orApart_orDiscarded() {
    OutputSpec.Destination joined = OutputSpec.logged(log("web"));
    assertThat(output("log.stderr=joined\n")).isEqualTo(joined);
    assertThat(output("log.stderr=off\n"))
        .isEqualTo(OutputSpec.separate(joined, OutputSpec.discarded()));
    assertThat(output("log.stderr=separate\n"))
        .isEqualTo(OutputSpec.separate(joined, OutputSpec.logged(log("web.stderr"))));
    OutputSpec.Destination tail = OutputSpec.made(new TailMaker(9));
    BackPressure spill = BackPressure.spill(logs.resolve("web.spill"), 100 << 20);
    BackPressure other = BackPressure.spill(logs.resolve("web.spill.stderr"), 100 << 20);
    assertThat(
            output(
                """
                log.stderr = separate
                log.stderr.directory = errors
                log.back-pressure = spill
                log.tail = 9
                """))
        .isEqualTo(
            OutputSpec.separate(
                OutputSpec.toAll(joined.withBackPressure(spill), tail),
                OutputSpec.toAll(OutputSpec.logged(log("errors")).withBackPressure(other), tail)));
  }
}
