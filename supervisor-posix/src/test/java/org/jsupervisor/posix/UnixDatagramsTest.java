package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsupervisor.posix.internal.libc.BoundSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Datagrams to a socket of this host, whether somebody listens there or not. */
@EnabledOnOs(OS.LINUX)
class UnixDatagramsTest {
  @TempDir Path directory;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path socket() {
    return directory.resolve("lög");
  }

  @Test
  void datagrams_arriveWhole_inOrder() throws Exception {
    try (BoundSocket daemon = new BoundSocket(socket());
        UnixDatagrams datagrams = UnixDatagrams.to(socket())) {
      String longest = "x".repeat(UnixDatagrams.BYTES_MAX);
      ByteBuffer first = bytes("one");
      datagrams.send(first);
      datagrams.send(bytes(longest));
      datagrams.send(bytes("three"));
      assertThat(first.remaining()).as("the position is not moved").isEqualTo(3);
      assertThat(daemon.receive()).contains("one");
      assertThat(daemon.receive()).contains(longest);
      assertThat(daemon.receive()).contains("three");
      assertThat(datagrams.name()).isEqualTo(socket().toString());
    }
  }

  @Test
  void daemonThatIsAway_refuses_andIsFoundWhenItIsBack() throws Exception {
    try (UnixDatagrams datagrams = UnixDatagrams.to(socket())) {
      assertThatThrownBy(() -> datagrams.send(bytes("early")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ENOENT");
      try (BoundSocket daemon = new BoundSocket(socket())) {
        datagrams.send(bytes("one"));
        assertThat(daemon.receive()).contains("one");
      }
      assertThatThrownBy(() -> datagrams.send(bytes("between")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ECONNREFUSED");
      Files.delete(socket());
      try (BoundSocket again = new BoundSocket(socket())) {
        datagrams.send(bytes("two"));
        assertThat(again.receive()).contains("two");
        assertThat(again.receive()).isEmpty();
      }
    }
  }

  @Test
  void daemonThatDoesNotRead_refusesAtOnce_andTakesMoreWhenItHasRead() throws Exception {
    try (BoundSocket daemon = new BoundSocket(socket());
        UnixDatagrams datagrams = UnixDatagrams.to(socket())) {
      int[] sent = {0};
      assertThatThrownBy(
              () -> {
                while (sent[0] < 1_000_000) {
                  datagrams.send(bytes("number " + sent[0]));
                  sent[0]++;
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("EAGAIN");
      for (int number = 0; number < sent[0]; number++) {
        assertThat(daemon.receive()).contains("number " + number);
      }
      datagrams.send(bytes("more"));
      assertThat(daemon.receive()).contains("more");
    }
  }

  @Test
  void whatIsTooLong_orAfterTheEnd_isRefused() throws Exception {
    try (BoundSocket daemon = new BoundSocket(socket())) {
      UnixDatagrams datagrams = UnixDatagrams.to(socket());
      assertThatThrownBy(() -> datagrams.send(ByteBuffer.allocate(UnixDatagrams.BYTES_MAX + 1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("at most 8192 bytes");
      datagrams.close();
      datagrams.close();
      assertThatThrownBy(() -> datagrams.send(bytes("late")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed");
      assertThat(daemon.receive()).isEmpty();
    }
    Path tooLong = Path.of("/" + "x".repeat(107));
    assertThatIllegalArgumentException().isThrownBy(() -> UnixDatagrams.to(tooLong));
  }
}
