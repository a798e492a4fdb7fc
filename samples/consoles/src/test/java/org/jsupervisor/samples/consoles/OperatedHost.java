package org.jsupervisor.samples.consoles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.samples.scanhost.HostProcess;
import org.jsupervisor.samples.scanhost.LiveProcesses;
import org.jsupervisor.samples.scanhost.Services;

/**
 * A running scan host, in a JVM of its own, with services in the states that an operator meets: one
 * that runs, one that talks, one that failed, one that is down and, once it is up, deaf to TERM.
 */
final class OperatedHost implements AutoCloseable {
  static final String WEB = "org.jsupervisor:type=Service,supervisor=main,name=web";
  static final String TREE = "org.jsupervisor:type=Supervisor,name=main";

  private static final Path TOOLS = Path.of("target", "tools");

  private final Path services;
  private final HostProcess process;

  private OperatedHost(Path services, HostProcess process) {
    this.services = services;
    this.process = process;
  }

  /** Started with these options of its JVM and its own, and each service is in the state that it is there for. */
  static OperatedHost start(Path temp, List<String> jvm, String... options) throws IOException {
    Path services = services(temp);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(services.toString());
    HostProcess process =
        HostProcess.startWith(
            jvm, temp.resolve("output"), Map.of(), arguments.toArray(String[]::new));
    OperatedHost host = new OperatedHost(services, process);
    try {
      for (String line :
          List.of(" web +ready", " talker +ready", " failed +ended", " waiting +res")) {
        var unused = process.awaitLine(line, 1);
      }
    } catch (Error never) {
      host.close();
      throw never;
    }
    return host;
  }

  private static Path services(Path temp) throws IOException {
    Path services = Services.directory(temp.resolve("services"));
    Services.file(
        services.resolve("web.properties"),
        """
        command = sleep
        argument = 1000
        ready = launch
        restart = permanent
        restart.backoff = none
        restart.limit.kind = none
        """);
    Services.file(
        services.resolve("talker.properties"),
        """
        command = sh
        argument = -c
        argument = echo first; echo 'second "quoted" \\\\ line'; exec sleep 1000
        ready = log
        ready.pattern = second
        log.tail = 20
        """);
    Services.file(
        services.resolve("failed.properties"),
        """
        command = sh
        argument = -c
        argument = exit 7
        ready = launch
        restart = transient
        restart.never = 7
        """);
    Services.file(
        services.resolve("waiting.properties"),
        """
        command = sh
        argument = -c
        argument = exit 3
        ready = launch
        restart = permanent
        restart.backoff = fixed
        restart.backoff.initial = 1h
        """);
    Services.file(
        services.resolve("idle.properties"),
        """
        command = sh
        argument = -c
        argument = trap '' TERM; echo deaf; exec sleep 1000
        ready = log
        ready.pattern = deaf
        stop.grace = 30s
        initially = down
        """);
    return services;
  }

  /** The jar of a console or an agent, as it was published. */
  static Path tool(String jar) {
    Path path = TOOLS.resolve(jar).toAbsolutePath();
    if (!Files.isRegularFile(path)) {
      throw new AssertionError(path + " is not there: Maven copies it before the tests");
    }
    return path;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  HostProcess process() {
    return process;
  }

  /** The pid with which {@code web} runs, the n-th time. */
  long webPid(int nth) {
    return process.pidOf("web", nth);
  }

  /** Kills {@code web} as an accident would, and waits for its next run. */
  long killWeb(int nth) {
    ProcessHandle.of(webPid(nth)).orElseThrow().destroyForcibly();
    return webPid(nth + 1);
  }

  /** What our beans really are: their names, and of each the attributes; not through a console. */
  Map<String, Set<String>> beans() throws Exception {
    try (Attached attached = attach()) {
      return attached.beans();
    }
  }

  Attached attach() throws Exception {
    return Attached.to(process.pid());
  }

  @Override
  public void close() {
    process.close();
    List<ProcessHandle> left = new ArrayList<>(LiveProcesses.workingBelow(services));
    left.forEach(ProcessHandle::destroyForcibly);
  }
}
