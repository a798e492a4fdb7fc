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
 * The descriptors that one child gets. Closed without {@link #begin} it undoes all: there is no
 * child. Not thread-safe.
 */
final class ChildPipes implements AutoCloseable {
  private final List<ChildPipe> pipes = new ArrayList<>();
  // The same for both, or one for each; null for what is discarded.
  private @Nullable ChildPipe stdout;
  private @Nullable ChildPipe stderr;
  private @Nullable ChildPipe notification;
  private @Nullable ChildSocket socket;
  private OptionalInt notificationNumber = OptionalInt.empty();
  private boolean begun;

  private ChildPipes() {}

  static ChildPipes open(LaunchRequest request, OutputThreads outputs, PipeChoice choice)
      throws SyscallException {
    ChildPipes result = new ChildPipes();
    HostDeath hostDeath = request.spec().hostDeath();
    try {
      result.openOutput(request, outputs.output(request), choice.forOutput(hostDeath));
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

  private void openOutput(LaunchRequest request, OutputPipes open, PipeMaker maker)
      throws SyscallException {
    if (request.output() instanceof OutputTarget.Separate apart) {
      stdout = opened(open, OutputSource.Stream.STDOUT, apart.stdout(), maker);
      stderr = opened(open, OutputSource.Stream.STDERR, apart.stderr(), maker);
    } else {
      stdout = opened(open, OutputSource.Stream.BOTH, request.output(), maker);
      stderr = stdout;
    }
  }

  private @Nullable ChildPipe opened(
      OutputPipes open, OutputSource.Stream stream, OutputTarget target, PipeMaker maker)
      throws SyscallException {
    if (target instanceof OutputTarget.Piped piped) {
      ChildPipe pipe = open.open(stream, piped.sink(), maker);
      pipes.add(pipe);
      return pipe;
    }
    return null;
  }

  private static int writeEnd(@Nullable ChildPipe pipe, int devNull) {
    return pipe == null ? devNull : pipe.writeEnd();
  }

  /** The child's descriptors; what none of them and no step replaces is {@code devNull}. */
  ChildFiles files(int devNull, SteppedLaunch stepped, ChildDirectory directory) {
    return new ChildFiles(
        stepped.source(Stream.STDIN, devNull),
        stepped.source(Stream.STDOUT, writeEnd(stdout, devNull)),
        stepped.source(Stream.STDERR, writeEnd(stderr, devNull)),
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
    pipes.forEach(ChildPipe::begin);
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
