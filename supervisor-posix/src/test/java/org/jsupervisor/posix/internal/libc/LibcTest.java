package org.jsupervisor.posix.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jsupervisor.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bindings rely on. */
@EnabledOnOs(OS.LINUX)
class LibcTest {
  private final Libc libc = Libc.load();
  private final SignalNumbers signals = SignalNumbers.of(libc);

  @Test
  void pid_isThatOfTheJvm() {
    assertThat(libc.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void sixthArgumentOfPosixSpawn_isTheEnvironment() throws SyscallException {
    // The exit code comes out of the environment, which is the sixth argument.
    var image = new ExecImage();
    image.fill(bytes("/bin/sh"), list("sh", "-c", "exit $SIXTH"), list("SIXTH=3"));
    try (var actions = new FileActions(libc)) {
      int pid = new PosixSpawn(libc, new SharedCell(libc, "test")).spawn(image, actions);
      WaitInfo info = new WaitInfo();
      libc.reapKilled(pid, info);

      assertThat(info.result().state()).isEqualTo(WaitResult.State.ENDED);
      assertThat(info.result().status()).isEqualTo(3);
    }
  }

  @Test
  void sharedVariables_reachTheProgram_butThoseLeftOut() throws SyscallException {
    var shared = new SharedTexts(list("A=1", "B=2", "C=4"));
    var left = new BitSet();
    left.set(1);
    var image = new ExecImage();
    image.fill(
        bytes("/bin/sh"),
        list("sh", "-c", "exit $((${A:-0} + ${B:-0} + ${C:-0} + ${D:-0}))"),
        list("D=8"),
        shared.without(left));
    try (var actions = new FileActions(libc)) {
      int pid = new PosixSpawn(libc, new SharedCell(libc, "test")).spawn(image, actions);
      WaitInfo info = new WaitInfo();
      libc.reapKilled(pid, info);

      assertThat(info.result().status()).isEqualTo(13);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static java.util.List<byte[]> list(String... texts) {
    return Arrays.stream(texts).map(LibcTest::bytes).toList();
  }

  @Test
  void functionThatIsMissing_isNamedWhenItIsCalled() {
    CFunction missing = CLibrary.load().function("no_such_function", 1);

    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> missing.call(1))
        .withMessage("the C library has no function 'no_such_function'");
  }

  @Test
  void negativeNumbers_passAsArgumentAndAsResult() {
    assertThat(libc.binding().close(-1)).isEqualTo(-1);
    assertThat(libc.duplicate(-1, 3)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void errno_isThatOfTheCall() {
    assertThat(libc.files().exists(CString.of("/nowhere/at all"))).isEqualTo(-Errno.ENOENT);
    assertThat(libc.files().exists(CString.of("/bin/sh/x"))).isEqualTo(-Errno.ENOTDIR);
    assertThat(libc.files().exists(CString.of("/bin/sh"))).isZero();
  }

  @Test
  void errorNumbers_haveNamesAndTexts() {
    assertThat(Errno.name(Errno.ENOENT)).isEqualTo("ENOENT");
    assertThat(Errno.text(Errno.ENOENT)).isEqualTo("No such file or directory");
    assertThat(Errno.name(Errno.EAGAIN)).isEqualTo("EAGAIN");
    assertThat(Errno.name(Errno.E2BIG)).isEqualTo("E2BIG");
    assertThat(Errno.name(9_999)).isEqualTo("errno 9999");
  }

  @ParameterizedTest
  @CsvSource({
    "1,HUP",
    "2,INT",
    "9,KILL",
    "15,TERM",
    "18,CONT",
    "19,STOP",
    "28,WINCH",
    "31,SYS",
    "34,RTMIN",
    "37,RTMIN+3",
    "64,RTMIN+30",
    "32,32"
  })
  void signalNumber_hasThisName(int number, String name) {
    assertThat(signals.signal(number)).isEqualTo(new Signal(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 15, 31, 34, 50, 64})
  void signalName_hasItsNumber(int number) {
    assertThat(signals.number(signals.signal(number))).hasValue(number);
    assertThat(signals.number(new Signal(Integer.toString(number)))).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMT", "INFO", "RTMIN+31", "RTMAX-31", "32", "65", "999"})
  void signalThatIsNotHere_hasNoNumber(String name) {
    assertThat(signals.number(new Signal(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "1000000,1",
    "1000001,2",
    "9223372036854775807,-1",
    "9223372036854775806,2147483647"
  })
  void timeout_isRoundedUp(long nanos, int millis) {
    assertThat(Epoll.millis(nanos)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({"ANSI_X3.4-1968,UTF-8", "UTF-8,UTF-8", "ISO-8859-1,ISO-8859-1", "nonsense,UTF-8"})
  void textsAreEncodedAs(String host, String charset) {
    assertThat(CString.charsetFor(host).name()).isEqualTo(charset);
  }

  @Test
  void bellThatIsRungAfterItsEnd_writesToNobody() throws SyscallException {
    var wakeUp = new WakeUp(libc);
    wakeUp.close();
    wakeUp.close();

    wakeUp.ring();
  }

  @Test
  void imageIsReusable_afterAHugeOne() {
    var image = new ExecImage();
    image.fill(bytes("/a"), list("x".repeat(1_000_000)), list());
    image.fill(bytes("/b"), list("b"), list("A=1"));

    assertThat(image.environment()).isEqualTo(image.arguments() + 2L * Long.BYTES);
  }

  @Test
  void waitThatCannotBe_isAnErrorAndNotNothing() throws SyscallException {
    Epoll epoll = new Epoll(Libc.load());
    epoll.close();

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> epoll.await(0))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("epoll_wait");
  }
}
