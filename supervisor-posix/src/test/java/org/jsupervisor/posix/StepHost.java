package org.jsupervisor.posix;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.platform.PlatformReport;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.jsupervisor.spec.ResourceStep.CpuScheduling;
import org.jsupervisor.spec.ResourceStep.IoScheduling;

/** A host of its own, without privileges: tries steps one by one, and prints what comes of each. */
final class StepHost {
  private static final PrivilegeStep.User NOBODY = PrivilegeStep.User.of("nobody");

  private static final Map<String, LaunchStep> STEPS =
      Map.ofEntries(
          Map.entry("user", NOBODY),
          Map.entry("group", PrivilegeStep.User.of("root").withGroup("nogroup")),
          Map.entry("self", PrivilegeStep.User.of("root").withSupplementary(List.of())),
          Map.entry("chroot", new PrivilegeStep.Chroot(Path.of("/usr"))),
          Map.entry("capabilities", PrivilegeStep.Capabilities.none()),
          Map.entry("ambient", PrivilegeStep.Capabilities.only("kill")),
          Map.entry("no-new", new PrivilegeStep.NoNewPrivileges()),
          Map.entry("nice", new ResourceStep.Nice(-5)),
          Map.entry("nicer", new ResourceStep.Nice(5)),
          Map.entry("limit", ResourceStep.Limit.of(Resource.OPEN_FILES, 1_000_000_000)),
          Map.entry("lower", ResourceStep.Limit.of(Resource.OPEN_FILES, 50)),
          Map.entry("umask", new ResourceStep.Umask(077)),
          Map.entry("fifo", new CpuScheduling(CpuScheduling.Policy.FIFO, 5)),
          Map.entry("realtime", new IoScheduling(IoScheduling.IoClass.REALTIME, 0)),
          Map.entry("cpu", new ResourceStep.CpuAffinity(new TreeSet<>(Set.of(0)))));

  private StepHost() {}

  /**
   * The switch for user changes, a file that the program would make, the names of the steps; a name
   * that begins with a slash is a run directory for nobody.
   */
  public static void main(String[] args) {
    PosixOptions options = PosixOptions.defaults().withUserChanges(UserChanges.valueOf(args[0]));
    try (var fixture = new PlatformFixture(options)) {
      for (String name : Arrays.asList(args).subList(2, args.length)) {
        LaunchStep step =
            name.startsWith("/")
                ? new FileStep.RunDirectory(
                    Path.of(name), Optional.of("nobody"), Optional.empty(), 0755)
                : STEPS.get(name);
        System.out.println(
            name + ": " + outcome(fixture, step, args[1] + "." + name.replace('/', '_')));
      }
    }
  }

  private static String outcome(PlatformFixture fixture, LaunchStep step, String mark) {
    CollectingSink sink = new CollectingSink();
    Incarnation run =
        fixture.launch(new OutputTarget.Piped(sink), spec -> spec.addStep(step), "touch", mark);
    fixture.await(
        "an outcome",
        () ->
            !fixture.all(PlatformReport.LaunchFailed.class, run).isEmpty()
                || !fixture.all(PlatformReport.OutputEnded.class, run).isEmpty());
    if (fixture.all(PlatformReport.LaunchFailed.class, run).isEmpty()) {
      return fixture.awaitExit(run).describe() + " " + sink.text();
    }
    return fixture.awaitFailure(run).toString();
  }
}
