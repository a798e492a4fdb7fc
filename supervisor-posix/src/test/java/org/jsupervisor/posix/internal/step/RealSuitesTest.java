package org.jsupervisor.posix.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.posix.Assumed;
import org.jsupervisor.spec.FileStep.Lock;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.Resource;
import org.jsupervisor.spec.ResourceStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The tools that are not the first choice, as far as this machine has them, do the same. */
@EnabledOnOs(OS.LINUX)
class RealSuitesTest {
  private static final String SHOW =
      "grep -E '^(Uid|Gid|Groups)' /proc/self/status; ulimit -Sn; umask";
  private static final Ids NOBODY =
      new Ids(Optional.empty(), 65534, 65533, new TreeSet<>(Set.of(4L, 27L)));

  @TempDir Path directory;

  @Test
  void runitAlone_doesUserLimitNiceLockAndName() throws Exception {
    Assumed.tools("chpst");
    Set<String> tools = Set.of("chpst", "sh", "env");

    assertThat(run(tools, Optional.of(NOBODY), List.of("/bin/sh", "-c", SHOW), all()))
        .isEqualTo(expected());
    assertThat(runNamed(tools)).isEqualTo("a name\0/proc/self/cmdline\0");
  }

  @Test
  void s6Alone_doesUserLimitAndLock() throws Exception {
    Assumed.tools("s6-applyuidgid", "s6-softlimit", "s6-setlock");
    Set<String> tools = Set.of("s6-applyuidgid", "s6-softlimit", "s6-setlock", "sh", "env", "nice");

    assertThat(run(tools, Optional.of(NOBODY), List.of("/bin/sh", "-c", SHOW), all()))
        .isEqualTo(expected());
    Ids alone = new Ids(Optional.empty(), 65534, 65534, new TreeSet<>());
    assertThat(run(tools, Optional.of(alone), List.of("/usr/bin/id", "-G"), List.of()))
        .isEqualTo("65534\n");
  }

  @Test
  void perl_doesUmaskPreLaunchAndName() throws Exception {
    Assumed.tools("perl");
    Set<String> tools = Set.of("perl", "nice");
    var launch =
        new ChainBuilder.Launch(
            List.of(new ResourceStep.Umask(027)),
            Optional.empty(),
            "/",
            new LaunchSteps.Program(
                "/bin/sh",
                new TreeMap<>(Map.of("PWD", "/kept")),
                List.of(List.of("/bin/echo", "-e", "first $x"), List.of("/bin/true"))));
    Chain chain = new ChainBuilder(new Only(tools, true), launch).build();

    assertThat(output(chain, "/bin/sh", List.of("sh", "-c", "umask")))
        .isEqualTo("first $x\n0027\n");
    assertThat(runNamed(tools)).isEqualTo("a name\0/proc/self/cmdline\0");
  }

  @Test
  void eachToolThatChangesTheRoot_worksInTheDirectory() throws Exception {
    Assumed.root();
    Ids alone = new Ids(Optional.empty(), 65534, 65534, new TreeSet<>());
    for (String tool : List.of("chroot", "unshare", "chpst")) {
      if (new HostTools(Map.of()).find(tool).isEmpty()) {
        continue;
      }
      var launch =
          new ChainBuilder.Launch(
              List.of(new PrivilegeStep.Chroot(Path.of("/"))),
              Optional.of(alone),
              "/",
              new LaunchSteps.Program("/bin/sh", new TreeMap<>(), List.of()));
      Chain chain = new ChainBuilder(new Only(Set.of(tool), false), launch).build();

      assertThat(output(chain, "/bin/sh", List.of("sh", "-c", "pwd; id -u; id -G")))
          .as(tool)
          .isEqualTo("/\n65534\n65534\n");
    }
  }

  private List<LaunchStep> all() {
    return List.of(
        ResourceStep.Limit.soft(Resource.OPEN_FILES, 64),
        new ResourceStep.Nice(3),
        new ResourceStep.Umask(011),
        new Lock(directory.resolve("lock"), Lock.IfTaken.FAILS));
  }

  private static String expected() {
    return """
        Uid:\t65534\t65534\t65534\t65534
        Gid:\t65533\t65533\t65533\t65533
        Groups:\t4 27 65533\s
        64
        0011
        """;
  }

  private static String runNamed(Set<String> tools) throws Exception {
    List<LaunchStep> steps =
        List.of(new ProgramStep.ArgumentZero("a name"), new ResourceStep.Nice(1));
    return run(tools, Optional.empty(), List.of("/bin/cat", "/proc/self/cmdline"), steps);
  }

  private static String run(
      Set<String> tools, Optional<Ids> ids, List<String> argv, List<LaunchStep> steps)
      throws Exception {
    Assumed.root();
    var program = new LaunchSteps.Program(argv.get(0), new TreeMap<>(), List.of());
    var launch = new ChainBuilder.Launch(steps, ids, "/", program);
    return output(new ChainBuilder(new Only(tools, false), launch).build(), argv.get(0), argv);
  }

  private static String output(Chain chain, String program, List<String> argv) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(chain.argv(program, argv)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(chain.environment());
    Process process = builder.start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  /** The real ones, but only these; {@code env} too if it is asked for. */
  private record Only(Set<String> names, boolean env) implements ChainBuilder.Tools {
    @Override
    public ToolFinder host() {
      HostTools real = new HostTools(Map.of());
      return new ToolFinder() {
        @Override
        public Optional<String> find(String name) {
          boolean allowed = names.contains(name) || (env && name.equals("env"));
          return allowed ? real.find(name) : Optional.empty();
        }

        @Override
        public String where() {
          return "the machine";
        }
      };
    }

    @Override
    public ToolFinder inside(String root) {
      return host();
    }
  }
}
