package org.jsupervisor.posix.internal.reap;

import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.process.ExitStatus;

/** Turns what {@code waitid} says into an exit. A pure function of its arguments. */
final class ExitDecoder {
  static final int CLD_EXITED = 1;
  static final int CLD_KILLED = 2;
  static final int CLD_DUMPED = 3;

  private static final int EXIT_CODE_MASK = 0xff;
  private static final int SIGNAL_MASK = 0x7f;
  private static final int CORE_FLAG = 0x80;
  private static final int CODE_SHIFT = 8;

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

  /** The exit with this wait status, as {@code wait4} has it in one number. */
  ExitStatus decodeWaitStatus(int status) {
    int signal = status & SIGNAL_MASK;
    if (signal == 0) {
      return decode(CLD_EXITED, status >> CODE_SHIFT);
    }
    return decode((status & CORE_FLAG) != 0 ? CLD_DUMPED : CLD_KILLED, signal);
  }
}
