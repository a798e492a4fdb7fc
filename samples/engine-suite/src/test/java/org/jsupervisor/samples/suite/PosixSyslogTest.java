package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsupervisor.log.SyslogEvents;
import org.jsupervisor.log.SyslogSink;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.posix.UnixDatagrams;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.DestinationSnapshot;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Output and events of real processes to a daemon at a socket, which comes and goes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixSyslogTest extends PosixCase {
  private static final int LINES = 2000;

  /** A syslog daemon: each datagram that it gets is a line of its file. */
  private static final String DAEMON =
      """
      use Socket; unlink $ARGV[0];
      socket(S, AF_UNIX, SOCK_DGRAM, 0) or die; bind(S, sockaddr_un($ARGV[0])) or die;
      open(F, ">>", $ARGV[1]) or die; F->autoflush(1); use IO::Handle;
      while (defined(recv(S, $m, 65536, 0))) { print F "$m\\n"; }
      """;

  private Path socket() {
    return directory.resolve("log.socket");
  }

  private ProcessSpec daemon() {
    String received = directory.resolve("received").toString();
    return ProcessSpec.builder("daemon", "perl", "-e", DAEMON, socket().toString(), received)
        .build();
  }

  private ProcessSpec.Builder child(String script) {
    return ProcessSpec.builder("c", "/bin/sh", "-c", script)
        .withDirectory(directory)
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofHours(1))));
  }

  private void start(ProcessSpec... children) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "tool missing: perl");
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite");
    List.of(children).forEach(spec::addChild);
    SyslogEvents syslog = SyslogEvents.to(UnixDatagrams.to(socket()), SyslogEvents.format("going"));
    tree = world.start(spec.build(), syslog);
  }

  /** A daemon that starts late, and is killed in the middle: nothing is lost, in no other order. */
  @Test
  void linesThatWait_areAllSent_whenTheDaemonIsThere() {
    SyslogSink sink = SyslogSink.builder(UnixDatagrams.to(socket())).build();
    ProcessSpec writer =
        child("seq " + LINES + "; exec sleep 1000")
            .withOutput(OutputSpec.to(sink).withBackPressure(BackPressure.block()))
            .build();
    start(writer);
    ChildId c = ChildId.of("c");
    world.awaitUntil("it waits", () -> state(c).state() == DestinationSnapshot.State.FAILING);
    assertThat(state(c).place()).isEqualTo("syslog " + socket());
    assertThat(state(c).lastFailure()).contains("ENOENT");

    world.await(tree.define(daemon()));
    world.awaitUntil("all lines", () -> lines().size() == LINES);
    assertThat(lines().get(0)).startsWith("<30>1 ").contains(" c - output [supervisor@32473 ");
    assertThat(lines().stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, LINES).mapToObj(Integer::toString).toList());
    assertThat(state(c).lostBytes()).isZero();
  }

  private List<String> lines() {
    return lines("received").stream().filter(line -> line.contains("stream=")).toList();
  }

  private DestinationSnapshot state(ChildId child) {
    return tree.destinations(child).get(0);
  }

  @Test
  void endThatIsAbnormal_isSent_andAStartIsNot() {
    start(daemon());
    world.awaitUntil("the daemon listens", () -> Files.exists(socket()));
    world.await(tree.define(child("sleep 0.1; exit 3").build()));
    world.awaitUntil("it is told", () -> !lines("received").isEmpty());
    assertThat(lines("received"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("<" + (3 * 8 + 4) + ">1 ")
                    .contains(" going " + ProcessHandle.current().pid() + " Ended [")
                    .contains("c: exit code 3 after "));
  }
}
