package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.platform.LaunchRequest;
import org.jsupervisor.platform.OutputTarget;
import org.jsupervisor.posix.internal.io.ChildPipe;
import org.jsupervisor.posix.internal.io.ChildSocket;
import org.jsupervisor.posix.internal.io.NotifyTerms;
import org.jsupervisor.posix.internal.io.OutputPipes;
import org.jsupervisor.posix.internal.io.OutputThreads;
import org.jsupervisor.posix.internal.io.PipeMaker;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.Pid;
import org.jsupervisor.spec.FileStep.Redirect.Stream;
import org.jsupervisor.spec.HostDeath;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.Watchdog;

/**
 * The descriptors that one child gets, but for those of {@link GivenEnds}. Closed without {@link
 * #begin} it undoes all: there is no child. Not thread-safe.
 */
final class ChildPipes implements AutoCloseable {
  private final List<ChildPipe> pipes = new ArrayList<>();
  // The same for both, or one for each.
  private int stdout;
  private int stderr;
  private @Nullable ChildPipe notification;
  private @Nullable ChildSocket socket;
  private OptionalInt notificationNumber = OptionalInt.empty();
  private boolean begun;

  private ChildPipes() {}

  /** Where pipes come from. */
  record Sources(OutputThreads outputs, PipeChoice choice, int devNull) {}

  static ChildPipes open(LaunchRequest request, GivenEnds given, Sources sources)
      throws SyscallException {
    ChildPipes result = new ChildPipes();
    OutputThreads outputs = sources.outputs();
    PipeChoice choice = sources.choice();
    HostDeath hostDeath = request.spec().hostDeath();
    try {
      var opening =
          new Opening(
              outputs.output(request), choice.forOutput(hostDeath), given, sources.devNull());
      result.openOutput(request.output(), opening);
      if (request.spec().readiness() instanceof ReadinessSpec.Notified notified) {
        result.notification =
            outputs.openNotification(request.incarnation(), choice.forNotification(hostDeath));
        result.pipes.add(result.notification);
        result.notificationNumber = OptionalInt.of(notified.descriptor());
      }
      Optional<NotifyTerms> terms = Notification.terms(request);
      if (terms.isPresent()) {
        result.socket = outputs.openSocket(terms.get());
      }
      return result;
    } catch (SyscallException | RuntimeException | Error e) {
      result.close();
      throw e;
    }
  }

  /** What the output of one run is made with. */
  private record Opening(OutputPipes pipes, PipeMaker maker, GivenEnds given, int devNull) {}

  private void openOutput(OutputTarget output, Opening opening) throws SyscallException {
    if (output instanceof OutputTarget.Separate apart) {
      stdout = opened(apart.stdout(), OutputSource.Stream.STDOUT, opening);
      stderr = opened(apart.stderr(), OutputSource.Stream.STDERR, opening);
    } else {
      stdout = opened(output, OutputSource.Stream.BOTH, opening);
      stderr = stdout;
    }
  }

  private int opened(OutputTarget target, OutputSource.Stream stream, Opening opening)
      throws SyscallException {
    if (target instanceof OutputTarget.Piped piped) {
      ChildPipe pipe = opening.pipes().open(stream, piped.sink(), opening.maker());
      pipes.add(pipe);
      return pipe.writeEnd();
    }
    return target instanceof OutputTarget.ToChild to
        ? opening.given().sibling(to.consumer())
        : opening.devNull();
  }

  /** The child's descriptors, but for what a step replaces. */
  ChildFiles files(int stdin, SteppedLaunch stepped, ChildDirectory directory) {
    return new ChildFiles(
        stepped.source(Stream.STDIN, stdin),
        stepped.source(Stream.STDOUT, stdout),
        stepped.source(Stream.STDERR, stderr),
        notification == null ? ChildFiles.NONE : notification.writeEnd(),
        notificationNumber.orElse(ChildFiles.NONE),
        directory.isHosts() ? "" : directory.path());
  }

  /** The command line, with what tells the child where it is to speak. */
  CommandLine addressed(CommandLine line, Watchdog watchdog) {
    return socket == null ? line : Notification.addressed(line, socket.address(), watchdog);
  }

  /** The child runs, and its start has been told. */
  void begin(Pid pid) {
    begun = true;
    if (socket != null) {
      socket.begin(pid);
    }
    for (ChildPipe pipe : pipes) {
      pipe.begin();
    }
  }

  @Override
  public void close() {
    if (!begun) {
      pipes.forEach(ChildPipe::abandon);
      if (socket != null) {
        socket.abandon();
      }
    }
  }

  /** A descriptor above 2, also in a host whose own stdio is closed. */
  static int openNullAboveStdio(Libc libc) throws SyscallException {
    String path = "/dev/null";
    int descriptor = libc.aboveStdio(libc.files().openToReadAndWrite(CString.of(path)));
    return Libc.orThrow(descriptor, "open", path);
  }
}
