package org.jsupervisor.samples.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * For tests of one thing with real processes: a tree, mostly of one child {@code c}, whose events
 * are kept, and a directory to which its scripts write.
 */
abstract class PosixCase {
  static final ChildId C = ChildId.of("c");

  @TempDir Path directory;

  /** With the options of the platform; before the start it may be another one. */
  PosixWorld world = new PosixWorld();

  final List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
  Supervisor tree;

  @AfterEach
  void leaveNothingBehind() {
    world.close();
    world.awaitUntil("no process is left", () -> !world.hasLiveProcesses());
  }

  final void start(SupervisorSpec.Builder spec) {
    tree = world.start(spec.build(), published -> events.add(published.event()));
  }

  final void start(ProcessSpec.Builder... children) {
    SupervisorSpec.Builder spec = SupervisorSpec.builder("suite");
    Stream.of(children).forEach(child -> spec.addChild(child.build()));
    start(spec);
  }

  final ChildSnapshot now(ChildId id) {
    return tree.child(id).orElseThrow();
  }

  final ChildSnapshot now() {
    return now(C);
  }

  /** What is in a file of the directory; nothing if there is none. */
  final List<String> lines(String file) {
    Path path = directory.resolve(file);
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
