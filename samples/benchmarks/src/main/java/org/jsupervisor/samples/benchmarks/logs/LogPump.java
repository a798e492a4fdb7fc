package org.jsupervisor.samples.benchmarks.logs;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jsupervisor.log.LogDirectory;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.Timestamps;

/**
 * Writes its stdin into a log directory, as svlogd does, so that both can be measured alike. Reads
 * with the platform's buffer size, into a direct buffer, but by a channel of the JDK.
 */
public final class LogPump {
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final Map<String, Timestamps> TIMESTAMPS =
      Map.of("raw", Timestamps.NONE, "iso", Timestamps.ISO_8601, "tai", Timestamps.TAI64N);

  private LogPump() {}

  /** Needs {@code raw}, {@code iso} or {@code tai}, the directory, and the size of a file. */
  public static void main(String[] words) throws IOException {
    LogSpec spec =
        LogSpec.builder(Path.of(words[1]))
            .withFileBytesMax(Long.parseLong(words[2]))
            .withTimestamps(TIMESTAMPS.get(words[0]))
            .build();
    OutputSource source = new OutputSource(new Incarnation(ChildId.of("pump"), 1));
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (FileChannel input = new FileInputStream(FileDescriptor.in).getChannel();
        LogDirectory log = new LogDirectory(spec, InstantSource.system())) {
      while (input.read(buffer.clear()) >= 0) {
        log.accept(source, buffer.flip());
      }
    }
  }
}
