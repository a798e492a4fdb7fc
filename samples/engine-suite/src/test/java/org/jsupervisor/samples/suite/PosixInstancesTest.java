package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsupervisor.policy.Backoff;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.spec.ChildTemplate;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Instances of a template as real processes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the POSIX platform knows Linux only so far")
class PosixInstancesTest extends PosixCase {
  private static final ChildId POOL = ChildId.of("pool");
  private static final ChildId ONE = ChildId.of("pool/one");

  /** Its last two arguments are a file, and what it writes there before it is ready. */
  private static ProcessSpec pattern() {
    String script = "printf '%s\\n' \"$2\" >>\"$1\"; echo >&3; exec sleep 1000";
    return ProcessSpec.builder("any", "/bin/sh", "-c", script, "sh")
        .withReadiness(ReadinessSpec.notified(3))
        .withRestart(RestartPolicy.permanent().withBackoff(Backoff.fixed(Duration.ofMillis(10))))
        .build();
  }

  @Test
  void instances_runWithTheirArguments_alsoAfterARestart_andStopWithTheTree() throws IOException {
    start(
        SupervisorSpec.builder("suite")
            .addChild(
                SupervisorSpec.builder("pool").withTemplate(ChildTemplate.of(pattern())).build()));
    world.await(tree.ready());
    for (String name : List.of("one", "two")) {
      ChildSnapshot started =
          world.await(
              tree.startInstance(POOL, name, List.of(directory.resolve(name).toString(), name)));
      assertThat(started.ready()).isTrue();
    }
    world.kill(ONE);
    world.awaitUntil("a second run", () -> launches() == 2 && tree.snapshot().isReady());
    assertThat(directory.resolve("one")).hasContent("one\none");
    assertThat(directory.resolve("two")).hasContent("two");
    world.await(tree.remove(ONE));
    assertThat(tree.child(ONE)).isEmpty();
    world.await(tree.stop("the test is over"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
    assertThat(world.hasLiveProcesses()).isFalse();
  }

  private long launches() {
    return now(ONE).counters().launches();
  }
}
