package org.jsupervisor.samples.benchmarks.definitions;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.rescan.Change;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * Processor time to read, validate and plan a directory of many definitions, half of them service
 * files, half service directories, after a warm-up; and to see one change among them.
 *
 * <p>Arguments: how many definitions, and how many rounds.
 */
public final class ScanBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20;

  private final Path root;
  private final int definitions;
  private final ScanDirectory directory;

  private ScanBenchmark(Path root, int definitions) throws IOException {
    this.root = root;
    this.definitions = definitions;
    directory = ScanDirectory.of(root, DefinitionSettings.of(root.resolve(".log")));
  }

  /** Prints a line for each kind of work. */
  public static void main(String... args) throws IOException {
    int definitions = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    Path root = Files.createTempDirectory("scan-benchmark");
    try {
      ScanBenchmark benchmark = new ScanBenchmark(root, definitions);
      benchmark.write();
      benchmark.run(rounds);
    } finally {
      delete(root);
    }
  }

  private void write() throws IOException {
    for (int n = 0; n < definitions; n++) {
      if (n % 2 == 0) {
        writeFile(n, "30s");
      } else {
        writeDirectory(root.resolve("service" + n));
      }
    }
  }

  private void writeFile(int n, String grace) throws IOException {
    List<String> lines =
        List.of(
            "command = /usr/bin/redis-server",
            "argument = --port",
            "argument = " + (10_000 + n),
            "env.LANG = C.UTF-8",
            "restart = permanent",
            "restart.backoff.cap = 1m",
            "ready = tcp",
            "ready.address = 127.0.0.1:" + (10_000 + n),
            "stop.grace = " + grace,
            "log.size = 20M");
    Files.write(root.resolve("service" + n + ".properties"), lines);
  }

  private static void writeDirectory(Path service) throws IOException {
    Files.createDirectory(service);
    Files.writeString(service.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
    Files.writeString(service.resolve("notification-fd"), "3\n");
    if (!service.resolve("run").toFile().setExecutable(true)) {
      throw new IOException(service + ": cannot be made executable");
    }
  }

  private void run(int rounds) throws IOException {
    System.out.printf(
        "java %s, %d definitions, median of %d rounds after %d, processor time%n",
        System.getProperty("java.runtime.version"), definitions, rounds, WARM_UP);
    ScanResult found = directory.read();
    SupervisorSpec.Builder spec = SupervisorSpec.builder("benchmark");
    found.specs().forEach(spec::addChild);
    print("read and validated, and planned as a start", rounds, this::start);
    try (Supervisor tree =
        SupervisorBuilder.of(spec.build(), new SimulatedPlatform(0)).startInvoked().supervisor()) {
      DirectoryFollower follower =
          DirectoryFollower.following(directory, found, tree, Runnable::run);
      print("planned again, nothing changed", rounds, () -> require(follower, 0));
      writeFile(0, "31s");
      print("planned again, one changed", rounds, () -> require(follower, 1));
    }
  }

  /** One piece of work. */
  private interface Work {
    void run() throws IOException;
  }

  private void start() throws IOException {
    if (directory.read().planOfStart().changes().size() != definitions) {
      throw new IOException("not all definitions are in order");
    }
  }

  private static void require(DirectoryFollower follower, int changes) throws IOException {
    ChangePlan plan = follower.plan().toCompletableFuture().join();
    long touched =
        plan.changes().stream().filter(each -> each.action() != Change.Action.KEEP).count();
    if (touched != changes) {
      throw new IOException(touched + " services would be touched, instead of " + changes);
    }
  }

  private static void print(String what, int rounds, Work work) throws IOException {
    for (int n = 0; n < WARM_UP; n++) {
      work.run();
    }
    long[] nanos = new long[rounds];
    for (int n = 0; n < rounds; n++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      work.run();
      nanos[n] = THREADS.getCurrentThreadCpuTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf("%-45s %6d ms%n", what, nanos[rounds / 2] / 1_000_000);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
