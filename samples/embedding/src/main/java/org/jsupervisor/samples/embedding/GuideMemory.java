package org.jsupervisor.samples.embedding;

import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.wish.WishMemory;

/** The example of docs/guide.md about wishes: a test checks that it is the same. */
final class GuideMemory {
  private GuideMemory() {}

  static Supervisor remember(
      WishMemory memory, ScanResult found, SupervisorSpec.Builder spec, Platform platform) {
    // [remember]
    found.specs().forEach(each -> spec.addChild(memory.applied(each)));
    Supervisor tree = SupervisorBuilder.of(spec.build(), platform).start();
    memory.follow(tree);
    // [/remember]
    return tree;
  }
}
