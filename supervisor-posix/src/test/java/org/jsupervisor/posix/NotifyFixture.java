package org.jsupervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Notice;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;

/** A platform whose children speak on notification sockets, and what they have said. */
final class NotifyFixture implements AutoCloseable {
  /** Sends each argument to the socket. */
  static final String SEND =
      "use Socket; $n = $ENV{NOTIFY_SOCKET}; $n =~ s/^@/\\0/;"
          + "socket($s, AF_UNIX, SOCK_DGRAM, 0) or die $!;"
          + "for (@ARGV) { defined send($s, $_, 0, pack_sockaddr_un($n)) or die $! }";

  /** Then stays, so that it can be asked who it is. */
  static final String SEND_AND_STAY = SEND + " sleep 1000;";

  final PlatformFixture platform = new PlatformFixture();

  static ProcessSpec.Builder bySocket(ProcessSpec.Builder spec) {
    return spec.withReadiness(ReadinessSpec.notifiedBySocket());
  }

  Incarnation speaks(String... messages) {
    List<String> command = new ArrayList<>(List.of("perl", "-e", SEND_AND_STAY));
    command.addAll(List.of(messages));
    return platform.launch(NotifyFixture::bySocket, command.toArray(new String[0]));
  }

  List<Notice> notices(Incarnation run) {
    return platform.all(PlatformReport.Said.class, run).stream()
        .map(PlatformReport.Said::notice)
        .toList();
  }

  void awaitNotice(Incarnation run, Notice notice) {
    platform.await(notice + " of " + run, () -> notices(run).contains(notice));
  }

  static Notice status(String text) {
    return new Notice(Notice.Kind.STATUS, text);
  }

  /** The address of a run's socket, as anybody on the machine can find it. */
  String addressIn(Incarnation run) {
    return addressIn(platform, run);
  }

  static String addressIn(PlatformFixture fixture, Incarnation run) {
    long pid = fixture.awaitLaunched(run).value();
    // The kernel shows it a moment after the exec, whose success is what was reported.
    fixture.await("the environment of " + run, () -> address(pid).isPresent());
    return address(pid).orElseThrow();
  }

  private static Optional<String> address(long pid) {
    try {
      String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
      return Stream.of(environment.split("\0", -1))
          .filter(variable -> variable.startsWith("NOTIFY_SOCKET="))
          .map(variable -> variable.substring("NOTIFY_SOCKET=".length()))
          .findFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Process stranger(String address, String... messages) throws IOException {
    List<String> command = new ArrayList<>(List.of("perl", "-e", SEND_AND_STAY));
    command.addAll(List.of(messages));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOTIFY_SOCKET", address);
    return builder.start();
  }

  @Override
  public void close() {
    platform.close();
  }
}
