package org.jsupervisor.posix.internal.step;

import java.io.Serial;
import org.jsupervisor.posix.internal.io.OneLine;
import org.jsupervisor.posix.internal.libc.Errno;
import org.jsupervisor.posix.internal.libc.SyscallException;
import org.jsupervisor.process.LaunchFailure;
import org.jsupervisor.process.LaunchFault;
import org.jsupervisor.spec.LaunchStep;

/** A step cannot be done here; nothing has been started. */
public final class StepRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient LaunchFailure failure;

  StepRefusedException(LaunchStep.Kind kind, int errno, String problem) {
    super("step '" + kind + "': " + problem);
    String message = OneLine.of("step '" + kind + "': " + problem);
    LaunchFault fault = Errno.isShortage(errno) ? LaunchFault.HOST : LaunchFault.CHILD;
    failure = new LaunchFailure(fault, Errno.name(errno), "step " + kind, message);
  }

  StepRefusedException(LaunchStep.Kind kind, SyscallException cause) {
    this(kind, cause.errno(), String.valueOf(cause.getMessage()));
    initCause(cause);
  }

  /** What is reported. */
  public LaunchFailure failure() {
    return failure;
  }
}
