package org.jsupervisor.samples.benchmarks.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.EngineOptions;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.policy.RestartLimit;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.TeamStop;

/** One tree of this library; a child that dies is started again at once. */
final class TreeFleet implements Fleet {
  private final List<BlockingQueue<Long>> deaths = new ArrayList<>();
  private final List<BlockingQueue<Long>> launches = new ArrayList<>();
  private AtomicLongArray pids = new AtomicLongArray(0);
  private CountDownLatch live = new CountDownLatch(0);
  private Supervisor tree;

  @Override
  public void start(int children) throws InterruptedException {
    pids = new AtomicLongArray(children);
    live = new CountDownLatch(children);
    SupervisorSpec.Builder spec =
        SupervisorSpec.builder("fleet")
            .withLimit(RestartLimit.none())
            .withStop(
                TeamStop.defaults()
                    .withOrder(TeamStop.Order.TOGETHER)
                    .withStopWithin(Duration.ofMinutes(1)));
    for (int i = 0; i < children; i++) {
      deaths.add(new LinkedBlockingQueue<>());
      launches.add(new LinkedBlockingQueue<>());
      spec.addChild(
          ProcessSpec.builder("c" + i, COMMAND)
              .withReadiness(ReadinessSpec.atLaunch())
              .withRestart(RestartPolicy.otp(RestartType.PERMANENT))
              .build());
    }
    tree =
        SupervisorBuilder.of(spec.build(), PosixPlatform.open())
            .withOptions(EngineOptions.defaults())
            .addListener(this::hear)
            .start();
    live.await();
  }

  /** The tree itself, when it was started. */
  Supervisor tree() {
    return tree;
  }

  private void hear(PublishedEvent published) {
    long now = System.nanoTime();
    if (published.event() instanceof SupervisorEvent.Ended ended) {
      deaths.get(number(ended.child())).add(now);
    } else if (published.event() instanceof SupervisorEvent.Launched launched) {
      int child = number(launched.child());
      if (pids.getAndSet(child, launched.pid().value()) == 0) {
        live.countDown();
      } else {
        launches.get(child).add(now);
      }
    }
  }

  private static int number(ChildId child) {
    return Integer.parseInt(child.name().substring(1));
  }

  @Override
  public long pid(int child) {
    return pids.get(child);
  }

  @Override
  public long awaitDeath(int child) throws InterruptedException {
    return deaths.get(child).take();
  }

  @Override
  public long awaitRestart(int child) throws InterruptedException {
    return launches.get(child).take();
  }

  @Override
  public void close() {
    if (tree != null) {
      tree.close();
    }
  }
}
