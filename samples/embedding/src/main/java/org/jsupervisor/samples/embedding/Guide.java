package org.jsupervisor.samples.embedding;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jsupervisor.OperationRefusedException;
import org.jsupervisor.Refusal;
import org.jsupervisor.Request;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.InvokedSupervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartIntensity;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.StandardRestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Signal;
import org.jsupervisor.scan.DirectoryFollower;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.simulation.SimulatedPlatform;
import org.jsupervisor.simulation.SimulatedProgram;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.BackPressure;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.Probe;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.StopSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TaskSpec;
import org.jsupervisor.spec.TeamStop;
import org.jsupervisor.spec.Timestamps;
import org.jsupervisor.spec.TreeLimits;
import org.jsupervisor.spec.Watchdog;
import org.jsupervisor.spec.WhenLost;

/** The examples of docs/guide.md: a test checks that they are the same. */
final class Guide {
  private static final ChildId CACHE = ChildId.of("cache");

  private Guide() {}

  static ProcessSpec spec(Path logs) {
    // [spec]
    StandardRestartPolicy restart =
        RestartPolicy.permanent()
            .withBackoff(Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30)))
            .withLimit(RestartIntensity.of(5, Duration.ofMinutes(1)))
            .withGiveUp(GiveUp.quarantine(Duration.ofMinutes(1), Duration.ofHours(1)));
    ProcessSpec cache =
        ProcessSpec.builder("cache", "redis-server", "--port", "7001")
            .withEnvironment(Environment.inheritOnly(Set.of("PATH", "LANG")))
            .addVariable("REDIS_PASSWORD", "never shown anywhere")
            .withReadiness(ReadinessSpec.aliveFor(Duration.ofSeconds(1)))
            .withRestart(restart)
            .withStop(StopSpec.of(Signal.TERM, Duration.ofSeconds(30)))
            .withOutput(OutputSpec.logged(new LogSpec(logs, 10 << 20, 10, Timestamps.ISO_8601)))
            .build();
    // [/spec]
    return cache;
  }

  static ProcessSpec output(Path logs, OutputSink metrics) {
    // [output]
    OutputSpec.Destination kept = OutputSpec.logged(logs.resolve("web"));
    OutputSpec.Destination watched =
        OutputSpec.to(metrics).withBackPressure(BackPressure.dropOldest(1 << 20));
    OutputSpec.Destination errors =
        OutputSpec.logged(logs.resolve("web-errors"))
            .withBackPressure(BackPressure.spill(logs.resolve("web.spill"), 100 << 20));
    ProcessSpec web =
        ProcessSpec.builder("web", "bin/web")
            .withOutput(OutputSpec.separate(OutputSpec.toAll(kept, watched), errors))
            .build();
    // [/output]
    return web;
  }

  static List<ProcessSpec> ready() {
    // [ready]
    ProcessSpec web =
        ProcessSpec.builder("web", "bin/web", "--port", "8080")
            .withReadiness(
                ReadinessSpec.probed(Probe.http(URI.create("http://127.0.0.1:8080/up")))
                    .withInterval(Duration.ofMillis(500))
                    .withReadyWithin(Duration.ofMinutes(2)))
            .build();
    ProcessSpec index =
        ProcessSpec.builder("index", "bin/index")
            .withReadiness(ReadinessSpec.notifiedBySocket())
            .withWatchdog(Watchdog.every(Duration.ofSeconds(30)))
            .build();
    // [/ready]
    return List.of(web, index);
  }

  static SupervisorBuilder dependencies(ProcessSpec database, Platform platform) {
    // [dependencies]
    ProcessSpec migrate =
        ProcessSpec.builder("migrate", "bin/migrate")
            .withReadiness(ReadinessSpec.completed(Duration.ofMinutes(5)))
            .build();
    ProcessSpec worker =
        ProcessSpec.builder("worker", "bin/worker")
            .addDependency("migrate")
            .addDependency("database", WhenLost.IS_RESTARTED)
            .build();
    SupervisorSpec shop =
        SupervisorSpec.builder("shop")
            .withStop(TeamStop.defaults().withStopWithin(Duration.ofSeconds(90)))
            .addChild(database)
            .addChild(migrate)
            .addChild(worker)
            .build();
    SupervisorBuilder builder =
        SupervisorBuilder.of(shop, platform)
            .withTreeLimits(TreeLimits.defaults().withStartingMax(4));
    // [/dependencies]
    return builder;
  }

  static SupervisorSpec withDependents(List<ProcessSpec> children) {
    // [strategy]
    SupervisorSpec.Builder shop =
        SupervisorSpec.builder("shop").withStrategy(WithDependents.of(children));
    children.forEach(shop::addChild);
    // [/strategy]
    return shop.build();
  }

  static TaskSpec task(BlockingQueue<String> orders, Consumer<String> kitchen) {
    // [task]
    TaskSpec cook =
        TaskSpec.builder(
                "cook",
                context -> {
                  context.ready();
                  while (true) {
                    kitchen.accept(orders.take());
                  }
                })
            .withReadyWithin(Duration.ofSeconds(10))
            .withRestart(RestartPolicy.permanent())
            .withGrace(Duration.ofSeconds(5))
            .build();
    // [/task]
    return cook;
  }

  static SupervisorSpec template() {
    // [template]
    ProcessSpec render =
        ProcessSpec.builder("render", "bin/render", "--quality", "high")
            .withRestart(RestartPolicy.transientPolicy())
            .build();
    SupervisorSpec pool =
        SupervisorSpec.builder("renderers").withTemplate(ChildTemplate.of(render)).build();
    // [/template]
    return pool;
  }

  static void startInstance(Supervisor tree) {
    // [instance]
    tree.startInstance(ChildId.of("renderers"), "film-17", List.of("--film", "17"))
        .whenComplete(
            (film, refusal) -> {
              if (refusal instanceof OperationRefusedException refused
                  && refused.refusal() == Refusal.ALREADY_THERE) {
                System.out.println("is being rendered already");
              }
            });
    // [/instance]
  }

  static void operate(Supervisor tree) {
    // [operate]
    ChildSnapshot cache = tree.restart(CACHE, "new certificate").toCompletableFuture().join();
    System.out.println("runs as " + cache.pid().orElseThrow());
    tree.down(CACHE)
        .whenComplete(
            (down, refusal) -> {
              if (refusal instanceof OperationRefusedException refused) {
                System.out.println("not stopped: " + refused.refusal());
              }
            });
    // [/operate]
  }

  static void decide(Supervisor tree, ChildSnapshot seen) {
    // [decide]
    Request request = Request.of("deploy-bot", "new release").expecting(seen.generation());
    tree.restart(CACHE, request)
        .whenComplete(
            (cache, refusal) -> {
              if (refusal instanceof OperationRefusedException refused
                  && refused.refusal() == Refusal.STALE) {
                System.out.println("somebody else was faster: " + refused.getMessage());
              }
            });
    // [/decide]
  }

  static void why(Supervisor tree) {
    // [why]
    tree.explain(CACHE).ifPresent(why -> why.lines(Instant.now()).forEach(System.out::println));
    // [/why]
  }

  static SupervisorBuilder explain(SupervisorBuilder builder, Executor alarms) {
    // [explain]
    builder.onGiveUp(
        explanation -> alarms.execute(() -> System.err.println(explanation.describe())));
    // [/explain]
    return builder;
  }

  static Subscription listen(Supervisor tree, Executor alarms) {
    // [listen]
    Subscription subscription =
        tree.subscribe(
            published -> {
              if (published.event() instanceof SupervisorEvent.GaveUp gaveUp) {
                alarms.execute(() -> System.err.println(gaveUp.child() + " gave up"));
              }
            });
    // [/listen]
    return subscription;
  }

  static DirectoryFollower follow(Path path, SupervisorSpec.Builder spec, Supervisor tree)
      throws IOException {
    // [scan]
    ScanDirectory directory = ScanDirectory.of(path, DefinitionSettings.of(path.resolve(".log")));
    ScanResult found = directory.read();
    found.problems().forEach(System.err::println);
    found.specs().forEach(spec::addChild);
    // ... and when the tree runs:
    DirectoryFollower follower = DirectoryFollower.following(directory, found, tree, Runnable::run);
    follower.plan().thenAccept(System.out::println);
    follower.rescan().thenAccept(report -> System.out.println("added " + report.added()));
    // [/scan]
    return follower;
  }

  static Phase simulate() {
    // [simulate]
    SimulatedPlatform platform = new SimulatedPlatform(0);
    platform.register("redis-server", SimulatedProgram.runs().exits(1, Duration.ofSeconds(3)));
    SupervisorSpec spec = SupervisorSpec.builder("test").addChild(spec(Path.of("unused"))).build();
    try (InvokedSupervisor tree = SupervisorBuilder.of(spec, platform).startInvoked()) {
      long aMinute = Duration.ofMinutes(1).toNanos();
      while (platform.ticker().readNanos() < aMinute) {
        tree.doWork(Duration.ofSeconds(1));
      }
      return tree.supervisor().child(CACHE).orElseThrow().phase();
    }
    // [/simulate]
  }
}
