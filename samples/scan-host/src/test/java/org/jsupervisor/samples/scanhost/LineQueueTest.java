package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineQueueTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void lines_comeInOrder_andTheStreamsToo() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LineQueue queue = new LineQueue(new PrintStream(bytes), "test");
    queue.print("a");
    queue.asStream().println("b, from a stream: \u00e9");
    queue.print("c");
    queue.close(LONG);
    queue.print("too late");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("a\nb, from a stream: \u00e9\nc\n");
  }

  @Test
  void pipeThatNobodyReads_holdsUpNobody_andTheGapIsTold() throws Exception {
    try (InputStream in = new PipedInputStream(1024);
        OutputStream pipe = new PipedOutputStream((PipedInputStream) in)) {
      LineQueue queue = new LineQueue(new PrintStream(pipe), "test");
      queue.print("x".repeat(2000));
      while (in.available() < 1024) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < LineQueue.LINES_MAX + 100; i++) {
        queue.print("line " + i);
      }
      queue.close(Duration.ZERO);
      List<String> read = read(in, LineQueue.LINES_MAX + 2);
      assertThat(read.subList(1, 4))
          .containsExactly("scan-host: 100 lines dropped, nobody read", "line 100", "line 101");
      assertThat(read.get(read.size() - 1)).isEqualTo("line " + (LineQueue.LINES_MAX + 99));
    }
  }

  private static List<String> read(InputStream in, int lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int missing = lines; missing > 0; ) {
      int b = in.read();
      bytes.write(b);
      missing -= b == '\n' ? 1 : 0;
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
