package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.junit.jupiter.api.Test;

/** Records through a real socket of this host. */
class UdpDatagramsTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final OutputSource SOURCE =
      new OutputSource(new Incarnation(ChildId.of("web"), 1));

  private static DatagramSocket receiver(int port) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static UdpDatagrams to(DatagramSocket receiver) {
    return UdpDatagrams.to((InetSocketAddress) receiver.getLocalSocketAddress());
  }

  private static Rfc5424 receive(DatagramSocket receiver) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    receiver.receive(packet);
    assertThat(packet.getLength()).isLessThanOrEqualTo(UdpDatagrams.BYTES_MAX);
    return Rfc5424.parse(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lines_arrive_asRecords() throws IOException {
    try (DatagramSocket receiver = receiver(0);
        SyslogSink sink = SyslogSink.builder(to(receiver)).build()) {
      assertThat(sink.name()).isEqualTo("syslog udp 127.0.0.1:" + receiver.getLocalPort());
      sink.accept(SOURCE, bytes("one\n" + "x".repeat(3000) + "\n"));
      assertThat(receive(receiver).text()).isEqualTo("one");
      assertThat(receive(receiver).text()).endsWith(Slf4jSink.CONTINUES);
      assertThat(receive(receiver).text()).startsWith(Slf4jSink.CONTINUED);
    }
  }

  @Test
  void receiverThatIsAway_isNoticed_andFoundWhenItIsBack() throws Exception {
    DatagramSocket first = receiver(0);
    int port = first.getLocalPort();
    try (UdpDatagrams datagrams = to(first)) {
      datagrams.send(bytes("hello"));
      first.close();
      long begin = System.nanoTime();
      assertThatThrownBy(
              () -> {
                // The host's answer to the first one makes the next one refused.
                while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                  datagrams.send(bytes("anybody?"));
                }
              })
          .hasMessageContaining("nobody listens");
      try (DatagramSocket again = receiver(port)) {
        try {
          datagrams.send(bytes("<13>1 - - - - - [a@1] back"));
        } catch (IOException stillOfTheOldOne) {
          datagrams.send(bytes("<13>1 - - - - - [a@1] back"));
        }
        assertThat(receive(again).text()).isEqualTo("back");
      }
    }
  }

  @Test
  void threadThatIsInterrupted_sendsAsEver() throws Exception {
    try (DatagramSocket receiver = receiver(0);
        UdpDatagrams datagrams = to(receiver)) {
      Thread.currentThread().interrupt();
      try {
        datagrams.send(bytes("<13>1 - - - - - [a@1] first"));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      datagrams.send(bytes("<13>1 - - - - - [a@1] next"));
      assertThat(receive(receiver).text()).isEqualTo("first");
      assertThat(receive(receiver).text()).isEqualTo("next");
    }
  }

  @Test
  void addressWithoutANumber_isRefused() {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere", 514);
    assertThatIllegalArgumentException().isThrownBy(() -> UdpDatagrams.to(unknown));
  }
}
