package org.jsupervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.output.Datagrams;

/** Keeps what is sent, and refuses as often as it is told to. */
final class RecordedDatagrams implements Datagrams {
  final List<Rfc5424> records = new ArrayList<>();
  private final int bytesMax;

  /** How many it takes before it refuses. */
  int room = Integer.MAX_VALUE;

  /** How often it refuses, whatever its room. */
  int refusals;

  boolean closed;

  RecordedDatagrams(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public void send(ByteBuffer datagram) throws IOException {
    assertThat(closed).isFalse();
    if (refusals > 0) {
      refusals--;
      throw new IOException("not now");
    }
    if (room == 0) {
      throw new IOException("no room");
    }
    room--;
    assertThat(datagram.remaining()).isLessThanOrEqualTo(bytesMax);
    records.add(Rfc5424.parse(datagram));
  }

  List<String> texts() {
    return records.stream().map(Rfc5424::text).toList();
  }

  @Override
  public int bytesMax() {
    return bytesMax;
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public void close() {
    closed = true;
  }
}
