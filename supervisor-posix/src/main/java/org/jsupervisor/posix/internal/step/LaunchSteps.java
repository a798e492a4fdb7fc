package org.jsupervisor.posix.internal.step;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.posix.UserChanges;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.FileStep;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.LaunchStep.Kind;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.UserVariables;

/**
 * What one platform knows of launch steps. The methods are called in their order here, for each
 * launch anew, since files, users and the host's rights can change. Belongs to the thread that
 * starts processes, which waits for what they look up.
 */
public final class LaunchSteps {
  private final Libc libc;
  private final HostTools hostTools;
  private final UserChanges userChanges;
  private final Identities identities = new Identities();
  private final OwnedFiles files;

  /** For a host with this environment. */
  public LaunchSteps(Libc libc, Map<String, String> hostEnvironment, UserChanges userChanges) {
    this.libc = libc;
    this.userChanges = userChanges;
    hostTools = new HostTools(hostEnvironment);
    files = new OwnedFiles(libc, identities, userChanges);
  }

  /** The user to become, after all that can be told beforehand has been checked. */
  public Checked check(ProcessSpec spec) throws StepRefusedException {
    StepChecks checks = new StepChecks(rights(spec.steps().get(0).kind()));
    checks.check(spec.steps());
    for (LaunchStep step : spec.steps()) {
      if (userChanges == UserChanges.APPLIED && step instanceof PrivilegeStep.User user) {
        return new Checked(checks.changed(identities.of(user)));
      }
    }
    return new Checked(Optional.empty());
  }

  private static HostRights rights(Kind kind) throws StepRefusedException {
    try {
      return HostRights.read();
    } catch (IOException e) {
      throw new StepRefusedException(kind, Errno.EIO, "the host's rights cannot be read: " + e);
    }
  }

  /** What has been found out by {@link #check}. */
  public static final class Checked {
    private final Optional<Ids> ids;

    private Checked(Optional<Ids> ids) {
      this.ids = ids;
    }
  }

  /** The environment that the program will have. */
  public SortedMap<String, String> environment(
      ProcessSpec spec, SortedMap<String, String> environment) throws StepRefusedException {
    SortedMap<String, String> result = new TreeMap<>(environment);
    for (LaunchStep step : spec.steps()) {
      if (userChanges == UserChanges.APPLIED
          && step instanceof PrivilegeStep.User user
          && user.variables() == UserVariables.OF_ACCOUNT) {
        putAccount(user, spec.environment(), result);
      }
    }
    for (LaunchStep step : spec.steps()) {
      if (step instanceof FileStep.EnvironmentDirectory directory) {
        EnvironmentFiles.apply(directory, result);
      }
    }
    return Collections.unmodifiableSortedMap(result);
  }

  /** Those of the host's user are never left, even if the account has none instead. */
  private void putAccount(
      PrivilegeStep.User user, Environment said, SortedMap<String, String> environment)
      throws StepRefusedException {
    Map<String, String> ofAccount = identities.variables(user);
    for (String name : UserVariables.NAMES) {
      if (!said.variables().containsKey(name) && !said.inherited().contains(name)) {
        environment.remove(name);
        Optional.ofNullable(ofAccount.get(name)).ifPresent(value -> environment.put(name, value));
      }
    }
  }

  /** Makes run directories, then named pipes. */
  public void makeFiles(ProcessSpec spec) throws StepRefusedException {
    for (LaunchStep step : spec.steps()) {
      if (step instanceof FileStep.RunDirectory directory) {
        files.make(directory);
      }
    }
    for (LaunchStep step : spec.steps()) {
      if (step instanceof FileStep.Fifo fifo) {
        files.make(fifo);
      }
    }
  }

  /** The root of the program; {@code /} if it is the host's. */
  public static RootedPaths root(ProcessSpec spec) {
    for (LaunchStep step : spec.steps()) {
      if (step instanceof PrivilegeStep.Chroot chroot) {
        return new RootedPaths(chroot.root().toString());
      }
    }
    return new RootedPaths("/");
  }

  /**
   * A program that has been found, and what belongs to it.
   *
   * @param path with a slash
   * @param environment complete
   * @param preLaunches the commands before it, in their order, each beginning with a path
   */
  public record Program(
      String path, SortedMap<String, String> environment, List<List<String>> preLaunches) {
    /** The path only: the rest may hold secrets. */
    @Override
    public String toString() {
      return "Program[" + path + "]";
    }
  }

  /** The chain that leads to the program. */
  public Chain chain(ProcessSpec spec, Checked checked, Program program)
      throws StepRefusedException {
    for (LaunchStep step : spec.steps()) {
      if (step instanceof FileStep.Lock lock) {
        StepChecks.checkLock(lock);
      }
    }
    var launch = new ChainBuilder.Launch(spec.steps(), checked.ids, directoryInRoot(spec), program);
    return new ChainBuilder(new Places(), launch).build();
  }

  private static String directoryInRoot(ProcessSpec spec) throws StepRefusedException {
    String given = spec.directory().toString();
    String directory = given.startsWith("/") ? given : "/" + given;
    RootedPaths root = root(spec);
    if (!root.root().equals("/") && root.resolve(directory).filter(Files::isDirectory).isEmpty()) {
      throw new StepRefusedException(
          Kind.CHROOT,
          Errno.ENOENT,
          "working directory '" + directory + "' must be a directory inside " + root.root());
    }
    return directory;
  }

  /** Opens what the program gets as its stdio. */
  public Redirects redirects(ProcessSpec spec) throws StepRefusedException {
    List<FileStep.Redirect> steps =
        spec.steps().stream()
            .filter(FileStep.Redirect.class::isInstance)
            .map(FileStep.Redirect.class::cast)
            .toList();
    return Redirects.open(libc, steps);
  }

  private final class Places implements ChainBuilder.Tools {
    @Override
    public ToolFinder host() {
      return hostTools;
    }

    @Override
    public ToolFinder inside(String root) {
      return HostTools.inside(root);
    }
  }
}
