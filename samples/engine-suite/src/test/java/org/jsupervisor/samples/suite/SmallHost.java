package org.jsupervisor.samples.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.RestartType;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.LogSync;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;
import org.jsupervisor.spec.Timestamps;

/**
 * A host for {@link SmallHostTest}: loud children whose output goes to a raw and to a stamped log
 * directory and to a sink, beside a hundred that write the time of the clock about once a second.
 * Tells on its stdout what it has seen.
 */
final class SmallHost {
  private static final int QUIET = 100;
  private static final long FILE_BYTES = 16 << 20;

  private final Path directory;
  private final Map<String, MeasuringSink> loud = new LinkedHashMap<>();
  private final SupervisorSpec.Builder tree = SupervisorSpec.builder("small");
  private final CountDownLatch quietHeard = new CountDownLatch(QUIET);
  private final Map<String, Boolean> heard = new ConcurrentHashMap<>();
  private final AtomicLong quietLines = new AtomicLong();
  private final AtomicLong worstNanos = new AtomicLong();

  private SmallHost(Path directory) {
    this.directory = directory;
  }

  /** Needs the directory, where each loud child has a script that waits for the file go. */
  public static void main(String[] words) throws IOException, InterruptedException {
    SmallHost host = new SmallHost(Path.of(words[0]));
    for (int n = 1; n < words.length; n++) {
      host.addLoud(words[n]);
    }
    for (int n = 0; n < QUIET; n++) {
      host.addQuiet("quiet" + n);
    }
    host.run();
  }

  private void addLoud(String name) {
    MeasuringSink sink = new MeasuringSink();
    loud.put(name, sink);
    add(
        name,
        OutputSpec.toAll(
            OutputSpec.logged(log(name + "-raw", Timestamps.NONE)),
            OutputSpec.logged(log(name + "-iso", Timestamps.ISO_8601)),
            OutputSpec.to(sink)),
        directory.resolve(name + ".sh").toString());
  }

  private LogSpec log(String name, Timestamps timestamps) {
    return LogSpec.builder(directory.resolve(name))
        .withTimestamps(timestamps)
        .withFileBytesMax(FILE_BYTES)
        .withSync(LogSync.never())
        .build();
  }

  private void addQuiet(String name) {
    OutputSink sink =
        (source, bytes) -> {
          byte[] line = new byte[bytes.remaining()];
          bytes.get(line);
          hearQuiet(name, new String(line, java.nio.charset.StandardCharsets.US_ASCII));
        };
    add(name, OutputSpec.to(sink), "-c", "while :; do date +%s%N; sleep 1; done");
  }

  private void hearQuiet(String name, String text) {
    java.time.Instant now = java.time.Instant.now();
    long nowNanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
    for (String line : text.lines().toList()) {
      quietLines.incrementAndGet();
      worstNanos.accumulateAndGet(nowNanos - Long.parseLong(line), Math::max);
    }
    if (heard.put(name, true) == null) {
      quietHeard.countDown();
    }
  }

  private void add(String name, OutputSpec output, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "/bin/sh";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    tree.addChild(
        ProcessSpec.builder(name, java.util.List.of(command))
            .withDirectory(directory)
            .withOutput(output)
            .withRestart(RestartPolicy.otp(RestartType.TEMPORARY))
            .build());
  }

  private void run() throws IOException, InterruptedException {
    Supervisor running = SupervisorBuilder.of(tree.build(), PosixPlatform.open()).start();
    try {
      quietHeard.await();
      quietLines.set(0);
      worstNanos.set(0);
      long begin = System.nanoTime();
      Files.createFile(directory.resolve("go"));
      for (Map.Entry<String, MeasuringSink> child : loud.entrySet()) {
        System.out.println(child.getKey() + " " + child.getValue().await());
      }
      System.out.println(
          "quiet %d lines in %d ms, the latest after %d ms"
              .formatted(
                  quietLines.get(),
                  (System.nanoTime() - begin) / 1_000_000,
                  worstNanos.get() / 1_000_000));
    } finally {
      running.close();
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.println(line);
      }
    }
    System.out.println("done");
  }
}
