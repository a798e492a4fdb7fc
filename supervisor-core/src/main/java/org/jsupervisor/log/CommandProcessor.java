package org.jsupervisor.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jsupervisor.spec.LogProcessing;

/**
 * Has a program make another content. As with svlogd, {@code .u} is what waits for it, and {@code
 * .s} is what it has made.
 *
 * <p>The program gets pipes, not the files: so nobody who can change the directory can have a link
 * followed with the rights of the host. What it leaves behind may hold its stdout open for as long
 * as it likes: the result is complete when the program has ended.
 */
final class CommandProcessor implements Processor {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long LOOK_MILLIS = 10;

  private final LogProcessing.ByCommand command;
  private final Path directory;

  CommandProcessor(LogProcessing.ByCommand command, Path directory) {
    this.command = command;
    this.directory = directory;
  }

  @Override
  public OldName.State done(OldName name) {
    return OldName.State.SAFE;
  }

  @Override
  public boolean isFor(OldName name) {
    return name.state() == OldName.State.UNSAFE;
  }

  @Override
  public boolean process(FileChannel from, FileChannel to, BooleanSupplier cancelled)
      throws IOException {
    Process process =
        new ProcessBuilder(command.command().argv())
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Thread feeder = new Thread(() -> feed(from, process), "log-processor-input");
      feeder.setDaemon(true);
      feeder.start();
      if (!collect(process, to, cancelled)) {
        return false;
      }
      if (process.exitValue() != 0) {
        throw new IOException(command.command() + " must exit with 0, was " + process.exitValue());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A program that does not want all of it, or ends, is no error: its exit says how it went. */
  private static void feed(FileChannel from, Process process) {
    try (OutputStream input = process.getOutputStream()) {
      Channels.newInputStream(from).transferTo(input);
    } catch (IOException stoppedReading) {
      // Broken pipe, or the file was closed since the program has ended.
    }
  }

  private boolean collect(Process process, FileChannel to, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + command.timeout().toNanos();
    InputStream output = process.getInputStream();
    byte[] block = new byte[BLOCK_BYTES];
    while (true) {
      // In this order: what it wrote before its end is in the pipe when the end is seen.
      boolean over = !process.isAlive();
      int there = output.available();
      if (there > 0) {
        int count = output.read(block, 0, Math.min(there, block.length));
        writeAll(to, ByteBuffer.wrap(block, 0, count));
      } else if (over) {
        return true;
      } else {
        var unused = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (cancelled.getAsBoolean()) {
        return false;
      }
      if (deadline - System.nanoTime() < 0) {
        throw new IOException(
            command.command() + " must end within " + command.timeout() + ", was killed");
      }
    }
  }

  private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
