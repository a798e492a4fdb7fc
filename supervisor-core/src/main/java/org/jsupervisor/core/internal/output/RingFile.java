package org.jsupervisor.core.internal.output;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A queue of bytes in a file that never grows beyond its capacity. Empty when it is opened. Not
 * thread-safe.
 */
final class RingFile implements AutoCloseable {
  private final FileChannel channel;
  private final long capacity;
  private long readAt;
  private long writeAt;

  private RingFile(FileChannel channel, long capacity) {
    this.channel = channel;
    this.capacity = capacity;
  }

  static RingFile open(Path file, long capacity) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      channel.truncate(0);
      return new RingFile(channel, capacity);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  long room() {
    return capacity - (writeAt - readAt);
  }

  boolean isEmpty() {
    return writeAt == readAt;
  }

  /** Appends all, for which there must be room; if that fails it is as if nothing was written. */
  void write(ByteBuffer bytes) throws IOException {
    long at = writeAt;
    int limit = bytes.limit();
    try {
      while (bytes.hasRemaining()) {
        long place = at % capacity;
        bytes.limit((int) Math.min(limit, bytes.position() + capacity - place));
        at += channel.write(bytes, place);
        bytes.limit(limit);
      }
    } finally {
      bytes.limit(limit);
    }
    writeAt = at;
  }

  /** Fills the buffer with the oldest bytes; there must be as many. */
  void read(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    while (bytes.hasRemaining()) {
      long place = readAt % capacity;
      bytes.limit((int) Math.min(limit, bytes.position() + capacity - place));
      int count = channel.read(bytes, place);
      bytes.limit(limit);
      if (count < 0) {
        throw new EOFException("the file was cut off by somebody else");
      }
      readAt += count;
    }
    if (isEmpty()) {
      clear();
    }
  }

  /** Forgets all that is in it, and gives its space back. */
  void clear() throws IOException {
    readAt = 0;
    writeAt = 0;
    channel.truncate(0);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    }
  }
}
