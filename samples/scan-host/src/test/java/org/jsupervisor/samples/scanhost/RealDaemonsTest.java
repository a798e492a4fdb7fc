package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real daemons under the tree: used by a client, killed, used again, stopped. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class RealDaemonsTest {
  /** Where daemons are that a user's PATH does not name. */
  private static final String PATH = System.getenv("PATH") + ":/usr/sbin:/sbin";

  @TempDir private Path temp;
  private Path services;

  @BeforeEach
  void makeDirectory() throws IOException {
    services = Services.directory(temp.resolve("services"));
  }

  @Test
  void redis_isUsed_killed_usedAgain_stopped() throws Exception {
    assumeInstalled("redis-server");
    Services.copy(Path.of("optional/redis"), services);
    int port = freePort();
    try (HostProcess host = start(Map.of("SCAN_HOST_REDIS_PORT", Integer.toString(port)))) {
      host.awaitReady();
      assertThat(redis(host, port, "SET greeting hello")).isEqualTo("+OK");
      assertThat(redis(host, port, "STRLEN greeting")).isEqualTo(":5");
      kill(host.pidOf("redis", 1));
      long second = host.pidOf("redis", 2);
      assertThat(redis(host, port, "STRLEN greeting")).as("a new server").isEqualTo(":0");
      assertThat(host.stop()).isZero();
      assertThat(ProcessHandle.of(second).filter(ProcessHandle::isAlive)).isEmpty();
    }
    assertThat(Files.readString(services.resolve(".log/redis/current")))
        .contains("Ready to accept connections");
  }

  @Test
  void nginx_isUsed_killed_usedAgain_stopped_andLeavesNoWorker() throws Exception {
    assumeInstalled("nginx");
    Path nginx = Services.copy(Path.of("optional/nginx"), services);
    int port = freePort();
    Services.replace(nginx.resolve("nginx.conf"), "127.0.0.1:8766", "127.0.0.1:" + port);
    try (HostProcess host = start(Map.of())) {
      host.awaitReady();
      assertThat(http(host, port)).isEqualTo("nginx is here\n");
      long first = host.pidOf("nginx", 1);
      assertThat(LiveProcesses.ofSession(first)).as("a master and its worker").hasSize(2);
      kill(first);
      host.await("nothing is left of the first", () -> LiveProcesses.ofSession(first).isEmpty());
      host.awaitLine(" nginx +ready", 2);
      assertThat(http(host, port)).isEqualTo("nginx is here\n");
      assertThat(LiveProcesses.ofSession(host.pidOf("nginx", 2))).isNotEmpty();
      assertThat(host.stop()).isZero();
      assertThat(LiveProcesses.ofSession(host.pidOf("nginx", 2))).isEmpty();
    }
    assertThat(LiveProcesses.workingBelow(services)).isEmpty();
  }

  /** Also when a test has found some. */
  @AfterEach
  void leaveNoProcess() {
    LiveProcesses.workingBelow(services).forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void servicesOfTheSample_areReady_andTheWebServiceAnswers() throws Exception {
    for (String name : new String[] {"web", "flaky", "clock", "heartbeat.properties"}) {
      Services.copy(Path.of("services", name), services);
    }
    int port = freePort();
    try (HostProcess host = start(Map.of("SCAN_HOST_WEB_PORT", Integer.toString(port)))) {
      host.awaitReady();
      assertThat(http(host, port)).isEqualTo("hello from pid " + host.pidOf("web", 1) + "\n");
      assertThat(host.stop()).isZero();
    }
    assertThat(Files.readString(services.resolve(".log/web/current"))).contains("GET /");
    assertThat(services.resolve("clock/log/main/current")).isNotEmptyFile();
    assertThat(Files.readString(services.resolve(".log/heartbeat/current")))
        .contains("beat of heartbeat");
  }

  private HostProcess start(Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", PATH);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return HostProcess.start(temp.resolve("output"), environment, services.toString());
  }

  private static void assumeInstalled(String tool) {
    boolean found =
        Arrays.stream(PATH.split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, tool)));
    assumeTrue(found, "tool missing: " + tool);
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  /** One command in redis' inline protocol, and the first line of the answer. */
  private static String redis(HostProcess host, int port, String command) {
    String[] answer = new String[1];
    host.await(
        "redis answers",
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
              BufferedReader in =
                  new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            answer[0] = in.readLine();
            return answer[0] != null;
          } catch (IOException notYet) {
            return false;
          }
        });
    return answer[0];
  }

  private static String http(HostProcess host, int port) {
    String[] answer = new String[1];
    host.await(
        "the web server answers",
        () -> {
          try (InputStream in = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            answer[0] = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return true;
          } catch (IOException notYet) {
            return false;
          }
        });
    return answer[0];
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
