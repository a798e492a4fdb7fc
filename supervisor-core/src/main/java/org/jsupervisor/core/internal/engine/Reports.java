package org.jsupervisor.core.internal.engine;

import java.util.Optional;
import org.jsupervisor.core.internal.model.Input;
import org.jsupervisor.platform.PlatformReport;

/** From what a platform has seen to what the model is told. Pure. */
final class Reports {
  private Reports() {}

  /** Empty for what the model has no use for. */
  static Optional<Input> toInput(PlatformReport report) {
    if (report instanceof PlatformReport.Launched launched) {
      return Optional.of(new Input.Launched(launched.incarnation(), launched.pid()));
    }
    if (report instanceof PlatformReport.TaskStarted started) {
      return Optional.of(new Input.TaskStarted(started.incarnation()));
    }
    if (report instanceof PlatformReport.LaunchFailed failed) {
      return Optional.of(new Input.LaunchFailed(failed.incarnation(), failed.failure()));
    }
    if (report instanceof PlatformReport.Exited exited) {
      return Optional.of(new Input.Exited(exited.incarnation(), exited.status(), exited.usage()));
    }
    if (report instanceof PlatformReport.Notified notified) {
      return Optional.of(new Input.Notified(notified.incarnation()));
    }
    if (report instanceof PlatformReport.Pinged pinged) {
      return Optional.of(new Input.Pinged(pinged.incarnation()));
    }
    if (report instanceof PlatformReport.Ailing ailing) {
      return Optional.of(new Input.Ailing(ailing.incarnation()));
    }
    if (report instanceof PlatformReport.MoreTime more) {
      return Optional.of(new Input.MoreTime(more.incarnation(), more.by()));
    }
    if (report instanceof PlatformReport.Said said) {
      return Optional.of(new Input.Said(said.incarnation(), said.notice()));
    }
    if (report instanceof PlatformReport.OutputLost lost) {
      return Optional.of(new Input.OutputLost(lost.incarnation(), lost.bytes(), lost.why()));
    }
    if (report instanceof PlatformReport.LeftBehind left) {
      return Optional.of(new Input.LeftBehind(left.incarnation(), left.count(), left.leftovers()));
    }
    // The end of output decides nothing: a grandchild may hold the pipe for long after the exit.
    return Optional.empty();
  }
}
