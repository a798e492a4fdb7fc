package org.jsupervisor.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.FakePlatform;
import org.jsupervisor.core.internal.ScarceThreads;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TreeLimits;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that has no room for the threads of a tree. */
@Timeout(60)
class EngineThreadsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void threadThatCannotBeStarted_closesThePlatform_andLeavesNoOther(int which) throws Exception {
    FakePlatform platform = new FakePlatform();
    EngineFactory factory =
        new EngineFactory(
            platform,
            EngineOptions.defaults(),
            new SplittableRandom(1),
            InstantSource.system(),
            log -> {
              throw new AssertionError(log);
            });
    EngineFactory.Assembly assembly =
        factory.assemble(
            SupervisorSpec.builder("t").build(),
            TreeLimits.defaults(),
            List.of(),
            EngineFactory.CloseMode.WAITS);
    List<Thread> made = new ArrayList<>();
    ThreadFactory scarce = new ScarceThreads(which);
    ThreadFactory kept =
        body -> {
          Thread thread = scarce.newThread(body);
          made.add(thread);
          return thread;
        };

    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> EngineThreads.start(assembly, kept));

    assertThat(platform.closed).isEqualTo(1);
    for (Thread thread : made) {
      thread.join();
    }
    assertThat(made).hasSize(which);
  }
}
