package org.jsupervisor.posix.internal.reap;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.SignalNumbers;
import org.jsupervisor.process.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ExitDecoderTest {
  private final SignalNumbers signals = SignalNumbers.of(Libc.load());
  private final ExitDecoder decoder = new ExitDecoder(signals);

  @Test
  void everyExitCode_isThatCode() {
    for (int code = 0; code <= 255; code++) {
      assertThat(decoder.decode(ExitDecoder.CLD_EXITED, code))
          .isEqualTo(new ExitStatus.Exited(code));
    }
  }

  @Test
  void everySignal_isThatSignal_withAndWithoutCore() {
    for (int number = 1; number <= 64; number++) {
      assertThat(decoder.decode(ExitDecoder.CLD_KILLED, number))
          .isEqualTo(new ExitStatus.Signalled(signals.signal(number), false));
      assertThat(decoder.decode(ExitDecoder.CLD_DUMPED, number))
          .isEqualTo(new ExitStatus.Signalled(signals.signal(number), true));
    }
  }

  @Test
  void waitStatus_meansTheSameAsItsTwoParts() {
    for (int code = 0; code <= 255; code++) {
      assertThat(decoder.decodeWaitStatus(code << 8))
          .isEqualTo(decoder.decode(ExitDecoder.CLD_EXITED, code));
    }
    for (int number = 1; number <= 64; number++) {
      assertThat(decoder.decodeWaitStatus(number))
          .isEqualTo(decoder.decode(ExitDecoder.CLD_KILLED, number));
      assertThat(decoder.decodeWaitStatus(number | 0x80))
          .isEqualTo(decoder.decode(ExitDecoder.CLD_DUMPED, number));
    }
  }

  @Test
  void anythingElse_isLost() {
    assertThat(decoder.decode(6, 18).kind()).isEqualTo(ExitStatus.Kind.LOST);
  }
}
