package org.jsupervisor.posix.internal.reap;

import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.process.ExitStatus;

/** Turns what {@code waitid} says into an exit. A pure function of its arguments. */
final class ExitDecoder {
  static final int CLD_EXITED = 1;
  static final int CLD_KILLED = 2;
  static final int CLD_DUMPED = 3;

  private static final int EXIT_CODE_MASK = 0xff;

  private final SignalNumbers signals;

  ExitDecoder(SignalNumbers signals) {
    this.signals = signals;
  }

  /** The exit with this {@code si_code} and {@code si_status}. */
  ExitStatus decode(int code, int status) {
    return switch (code) {
      case CLD_EXITED -> new ExitStatus.Exited(status & EXIT_CODE_MASK);
      case CLD_KILLED -> new ExitStatus.Signalled(signals.signal(status), false);
      case CLD_DUMPED -> new ExitStatus.Signalled(signals.signal(status), true);
      default -> new ExitStatus.Lost("waitid gave si_code " + code + ", si_status " + status);
    };
  }
}
