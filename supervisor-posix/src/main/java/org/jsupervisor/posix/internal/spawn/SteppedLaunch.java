package org.jsupervisor.posix.internal.spawn;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.posix.internal.step.Chain;
import org.jsupervisor.posix.internal.step.LaunchSteps;
import org.jsupervisor.posix.internal.step.Redirects;
import org.jsupervisor.posix.internal.step.StepRefusedException;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FileStep.Redirect.Stream;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ProgramStep;

/**
 * What is executed for a spec: its program, or the chain of tools that leads to it. Must be closed
 * when the process has been started, or has not.
 */
final class SteppedLaunch implements AutoCloseable {
  private final CommandLine line;
  private final String path;
  private final @Nullable Redirects redirects;

  private SteppedLaunch(CommandLine line, String path, @Nullable Redirects redirects) {
    this.line = line;
    this.path = path;
    this.redirects = redirects;
  }

  /** The words and variables of what is executed first. */
  CommandLine line() {
    return line;
  }

  /** What is executed first. */
  String path() {
    return path;
  }

  /** What the child's stream is a copy of: a file of a step, or {@code otherwise}. */
  int source(Stream stream, int otherwise) {
    return redirects == null ? otherwise : redirects.source(stream, otherwise);
  }

  @Override
  public void close() {
    if (redirects != null) {
      redirects.close();
    }
  }

  /** Finds programs, prepares steps, and says why that cannot be done. */
  static final class Preparation {
    private final LaunchSteps steps;
    private final ProgramLookup lookup;
    private final LaunchDiagnosis diagnosis;

    Preparation(LaunchSteps steps, ProgramLookup lookup, LaunchDiagnosis diagnosis) {
      this.steps = steps;
      this.lookup = lookup;
      this.diagnosis = diagnosis;
    }

    /**
     * What to execute.
     *
     * @param ours adds the variables that are ours to set; after the steps, whose directories must
     *     not replace them
     */
    SteppedLaunch prepare(ProcessSpec spec, CommandLine plain, UnaryOperator<CommandLine> ours)
        throws RefusedLaunchException {
      if (spec.steps().isEmpty()) {
        CommandLine line = ours.apply(plain);
        return new SteppedLaunch(line, locate(line), null);
      }
      try {
        return stepped(spec, plain, ours);
      } catch (StepRefusedException e) {
        throw new RefusedLaunchException(e.failure());
      }
    }

    private SteppedLaunch stepped(
        ProcessSpec spec, CommandLine plain, UnaryOperator<CommandLine> ours)
        throws StepRefusedException, RefusedLaunchException {
      LaunchSteps.Checked checked = steps.check(spec);
      CommandLine line = ours.apply(plain.with(plain.argv(), given(spec, plain.environment())));
      steps.makeFiles(spec);
      String program = locate(line);
      var found =
          new LaunchSteps.Program(
              withSlash(program), line.environment().all(), preLaunches(spec, line));
      Chain chain = steps.chain(spec, checked, found);
      if (!chain.words().isEmpty()) {
        requireExecutable(line, program);
      }
      List<String> argv = chain.argv(withSlash(program), line.argv());
      return new SteppedLaunch(
          line.with(argv, line.environment().replacedBy(chain.environment())),
          chain.path(program),
          steps.redirects(spec));
    }

    private ChildEnvironment given(ProcessSpec spec, ChildEnvironment plain)
        throws StepRefusedException {
      return plain.replacedBy(steps.environment(spec, plain.all()));
    }

    private List<List<String>> preLaunches(ProcessSpec spec, CommandLine line)
        throws RefusedLaunchException {
      List<List<String>> result = new ArrayList<>();
      for (LaunchStep step : spec.steps()) {
        if (step instanceof ProgramStep.PreLaunch preLaunch) {
          result.add(located(preLaunch.command(), line));
        }
      }
      return result;
    }

    private List<String> located(Command command, CommandLine line) throws RefusedLaunchException {
      CommandLine before = line.with(command.argv(), line.environment());
      String program = locate(before);
      requireExecutable(before, program);
      List<String> words = new ArrayList<>(command.argv());
      words.set(0, withSlash(program));
      return words;
    }

    private String locate(CommandLine line) throws RefusedLaunchException {
      ProgramLookup.Located located = lookup.locate(line);
      if (located.errno() != 0) {
        throw new RefusedLaunchException(LaunchDiagnosis.ofLookup(line, located));
      }
      return located.path();
    }

    /** A tool that cannot execute it would end with an exit code, not with an error. */
    private void requireExecutable(CommandLine line, String program) throws RefusedLaunchException {
      Optional<LaunchFailure> failure = diagnosis.beforeChain(line, program);
      if (failure.isPresent()) {
        throw new RefusedLaunchException(failure.get());
      }
    }

    /** No tool must take it for an option, nor look it up. */
    private static String withSlash(String program) {
      return program.startsWith("-") || program.indexOf('/') < 0 ? "./" + program : program;
    }
  }

  /** There will be no process. */
  static final class RefusedLaunchException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient LaunchFailure failure;

    RefusedLaunchException(LaunchFailure failure) {
      super(failure.message());
      this.failure = failure;
    }

    LaunchFailure failure() {
      return failure;
    }
  }
}
