package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.definition.DefinitionReader;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tree that follows a directory by itself, with the real watches of the system. */
abstract class WatchCase {
  static final String SERVICE = "command=sleep\n";
  static final WatchOptions FAST = WatchOptions.defaults().withQuiet(Duration.ofMillis(20));

  @TempDir Path temp;
  Path root;
  DefinitionFixture disk;
  DirectoryFollower follower;
  final RecordingSupervisor supervisor = new RecordingSupervisor();
  final ConcurrentLinkedQueue<ScanReport> reports = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  DirectoryWatch watch;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  private final ScanListener listener =
      new ScanListener() {
        @Override
        public void onReport(ScanReport report) {
          reports.add(report);
        }

        @Override
        public void onFailure(Throwable reason) {
          failures.add(reason);
        }
      };

  @BeforeEach
  void follow() throws IOException {
    root = Files.createDirectory(temp.resolve("services"));
    disk = new DefinitionFixture(root);
    follow(ScanDirectory.of(root, disk.settings()));
  }

  @AfterEach
  void end() {
    watch.close();
    executor.shutdownNow();
  }

  /** From now on this is followed, and nothing else. */
  final void follow(ScanDirectory directory) throws IOException {
    follower = DirectoryFollower.following(directory, directory.read(), supervisor, executor);
  }

  /** The same, read by these. */
  final void followReadBy(DefinitionReader... readers) throws IOException {
    follow(new ScanDirectory(root, List.of(readers), disk.settings()));
  }

  final void begin(WatchOptions options) throws IOException {
    watch = DirectoryWatch.begin(follower, options, listener);
    await("the first rescan", () -> reports.size() == 1);
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The children by name, as the supervisor has them. */
  final List<String> children() {
    synchronized (supervisor.children) {
      return supervisor.children.keySet().stream().map(ChildId::name).sorted().toList();
    }
  }

  final void awaitChildren(String... names) {
    await(List.of(names) + " are there", () -> children().equals(List.of(names)));
  }

  final String colour(String name) {
    ProcessSpec spec = spec(name);
    return spec == null ? "" : String.valueOf(spec.environment().variables().get("COLOUR"));
  }

  final String program(String name) {
    ProcessSpec spec = spec(name);
    return spec == null ? "" : spec.command().program();
  }

  private @Nullable ProcessSpec spec(String name) {
    synchronized (supervisor.children) {
      return supervisor.children.get(ChildId.of(name)) instanceof ProcessSpec spec ? spec : null;
    }
  }
}
