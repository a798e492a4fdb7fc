package org.jsupervisor.samples.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.posix.PosixOptions;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Pid;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** Real processes, on threads of the tree's own. */
final class PosixWorld implements World {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = 2_000_000;

  private final Set<Pid> launched = ConcurrentHashMap.newKeySet();
  private final PosixOptions options;
  private Supervisor tree;

  PosixWorld() {
    this(PosixOptions.defaults());
  }

  PosixWorld(PosixOptions options) {
    this.options = options;
  }

  @Override
  public ProcessSpec.Builder child(String id, Behaviour behaviour) {
    return switch (behaviour) {
      case RUNS -> ProcessSpec.builder(id, "sleep", "1000");
      case EXITS_WITH_3 -> shell(id, "sleep 0.1; exit 3");
      case EXITS_WITH_0 -> shell(id, "sleep 0.1; exit 0");
      case NOTIFIES -> shell(id, "sleep 0.1; echo >&3; exec sleep 1000");
      case NOTIFIES_AND_IGNORES_TERM -> shell(id, "trap '' TERM; echo >&3; exec sleep 1000");
      case WRITES -> shell(id, "printf %s '" + Behaviour.TEXT + "'; echo >&3; exec sleep 1000");
      case READS -> ProcessSpec.builder(id, "cat");
      case MISSING -> ProcessSpec.builder(id, "/no/such/program");
    };
  }

  private static ProcessSpec.Builder shell(String id, String script) {
    return ProcessSpec.builder(id, "/bin/sh", "-c", script);
  }

  @Override
  public Supervisor start(SupervisorSpec spec, SupervisorListener... listeners) {
    SupervisorBuilder builder =
        SupervisorBuilder.of(spec, PosixPlatform.open(options))
            .addListener(
                published -> {
                  if (published.event() instanceof SupervisorEvent.Launched event) {
                    launched.add(event.pid());
                  }
                });
    for (SupervisorListener listener : listeners) {
      builder.addListener(listener);
    }
    tree = builder.start();
    return tree;
  }

  @Override
  public <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof RuntimeException cause
          ? cause
          : new CompletionException(refused);
    } catch (TimeoutException late) {
      throw new AssertionError("not done in " + PATIENCE + ": " + tree.snapshot(), late);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupt);
    }
  }

  @Override
  public void awaitUntil(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never: " + what + "\n" + tree.snapshot());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  @Override
  public void kill(ChildId child) {
    Pid pid = tree.child(child).orElseThrow().pid().orElseThrow();
    boolean unused = ProcessHandle.of(pid.value()).orElseThrow().destroyForcibly();
  }

  @Override
  public boolean standsStill(ChildSnapshot child) {
    try {
      Path stat = Path.of("/proc/" + child.pid().orElseThrow() + "/stat");
      // The name in parentheses may hold anything; the state follows the last of them.
      return Files.readString(stat).replaceFirst("(?s).*\\) ", "").startsWith("T");
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public boolean hasLiveProcesses() {
    return launched.stream()
        .anyMatch(pid -> ProcessHandle.of(pid.value()).filter(ProcessHandle::isAlive).isPresent());
  }

  @Override
  public void close() {
    if (tree != null) {
      tree.close();
    }
  }
}
