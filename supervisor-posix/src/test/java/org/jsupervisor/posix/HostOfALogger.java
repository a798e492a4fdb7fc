package org.jsupervisor.posix;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.InputSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;

/**
 * A host with a child that feeds another, and a long sleep. Arguments: the runtime directory, in
 * the command line of both; the file in which the producer counts; what becomes of both.
 */
final class HostOfALogger {
  static final String READY = "both run";

  private HostOfALogger() {}

  public static void main(String[] args) throws InterruptedException {
    var fixture =
        new PlatformFixture(PosixOptions.defaults().withRuntimeDirectory(Path.of(args[0])));
    HostDeath fate = HostDeath.valueOf(args[2]);
    ProcessSpec.Builder log =
        ProcessSpec.builder("log", "sh", "-c", "cat >/dev/null; :", args[0])
            .withHostDeath(fate)
            .withInput(InputSpec.fed());
    ProcessSpec.Builder web =
        ProcessSpec.builder("web", "sh", "-c", HostUnderLoad.SURVIVOR, args[1])
            .withHostDeath(fate)
            .withOutput(OutputSpec.toChild("log"));
    fixture.awaitLaunched(fixture.launch(log, new OutputTarget.Null()));
    fixture.awaitLaunched(fixture.launch(web, new OutputTarget.ToChild(ChildId.of("log"))));
    System.out.println(READY);
    // Until it is killed.
    new CountDownLatch(1).await();
  }
}
