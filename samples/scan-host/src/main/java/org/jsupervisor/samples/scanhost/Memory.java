package org.jsupervisor.samples.scanhost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.Supervisor;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.wish.Wish;
import org.jsupervisor.wish.WishMemory;

/** What operators want of services, if that is to outlive the host. */
final class Memory implements AutoCloseable {
  private final Optional<WishMemory> wishes;

  private Memory(Optional<WishMemory> wishes) {
    this.wishes = wishes;
  }

  static Memory of(Optional<Path> file) {
    return new Memory(file.map(WishMemory::open));
  }

  /** What is remembered, and what is wrong with that: a line for each, so that nobody wonders. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    wishes.flatMap(WishMemory::problem).ifPresent(lines::add);
    for (Wish wish : wishes.map(WishMemory::wishes).orElse(List.of())) {
      lines.add(
          "remembered: "
              + wish.child()
              + " is wanted "
              + wish.desire()
              + " since "
              + wish.since()
              + ": "
              + wish.reason());
    }
    return lines;
  }

  ProcessSpec applied(ProcessSpec spec) {
    return wishes.map(memory -> memory.applied(spec)).orElse(spec);
  }

  void follow(Supervisor tree) {
    wishes.ifPresent(memory -> memory.follow(tree));
  }

  @Override
  public void close() {
    wishes.ifPresent(WishMemory::close);
  }
}
