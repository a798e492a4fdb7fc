package org.jsupervisor.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a log directory that is open for reading: the same file for as long as it is open,
 * however it is renamed, and also when it is removed. What is compressed with gzip is read as what
 * it was. Never a link, and never anything but a regular file. Not thread-safe.
 */
final class OpenLogFile implements AutoCloseable {
  private static final int OPENINGS_MAX = 20;
  private static final int BLOCK_BYTES = 32 * 1024;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  private final LogFileName name;
  private final Object key;
  private final FileChannel channel;
  private final @Nullable InputStream unpacked;
  private long position;

  private OpenLogFile(LogFileName name, Object key, FileChannel channel) throws IOException {
    this.name = name;
    this.key = key;
    this.channel = channel;
    // A processor may have compressed it under its old name.
    this.unpacked = name.isRotated() && isCompressed(channel) ? unpacking(channel) : null;
  }

  /** The file that has this name now; empty if there is none, or it is no regular file. */
  static Optional<OpenLogFile> open(Path directory, LogFileName name) throws IOException {
    for (int i = 0; i < OPENINGS_MAX; i++) {
      Optional<Object> before = LogListing.keyOf(directory, name);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      FileChannel channel;
      try {
        channel =
            FileChannel.open(
                directory.resolve(name.text()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      if (before.equals(LogListing.keyOf(directory, name))) {
        return Optional.of(opened(name, before.get(), channel));
      }
      // Another one has got the name: which one was opened cannot be known.
      channel.close();
    }
    throw new FileSystemException(
        directory.resolve(name.text()).toString(), null, "was renamed at each try to open it");
  }

  private static OpenLogFile opened(LogFileName name, Object key, FileChannel channel)
      throws IOException {
    try {
      return new OpenLogFile(name, key, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isCompressed(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(GZIP.length);
    int unused = channel.read(head, 0);
    return head.flip().equals(ByteBuffer.wrap(GZIP));
  }

  private static InputStream unpacking(FileChannel channel) throws IOException {
    return new GZIPInputStream(Channels.newInputStream(channel), BLOCK_BYTES);
  }

  /** As it was when it was opened. */
  LogFileName name() {
    return name;
  }

  /** As of {@link LogListing#keyOf}; no other file has it while this one is open. */
  Object key() {
    return key;
  }

  /** Whether it can only be read from its beginning to its end. */
  boolean isCompressed() {
    return unpacked != null;
  }

  /** How many bytes there are now, if it is not compressed. */
  long size() throws IOException {
    return channel.size();
  }

  /** Which byte is read next. */
  long position() {
    return position;
  }

  /** Reads on, at most as many bytes as there is room for: 0 at the end as it is now. */
  int read(ByteBuffer into) throws IOException {
    int count;
    if (unpacked == null) {
      count = channel.read(into, position);
    } else {
      count = unpacked.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
      into.position(into.position() + Math.max(0, count));
    }
    position += Math.max(0, count);
    return Math.max(0, count);
  }

  /** Reads on from this byte; of a compressed file, one that was not read yet. */
  void moveTo(long wanted) throws IOException {
    if (unpacked != null) {
      unpacked.skipNBytes(wanted - position);
    }
    position = wanted;
  }

  /** Whether it has lost bytes that were read already. */
  boolean isTruncated() throws IOException {
    return unpacked == null && channel.size() < position;
  }

  /** Whether its last byte is no newline; a compressed file is read to its end for it. */
  boolean endsInLine() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    if (unpacked == null) {
      moveTo(Math.max(0, channel.size() - 1));
    }
    byte last = '\n';
    while (read(block.clear()) > 0) {
      last = block.get(block.position() - 1);
    }
    return last != '\n';
  }

  /** Whether this file, of which nothing is read yet, has just the bytes of that one. */
  boolean hasBytesOf(OpenLogFile other) throws IOException {
    ByteBuffer mine = ByteBuffer.allocate(BLOCK_BYTES);
    ByteBuffer theirs = ByteBuffer.allocate(BLOCK_BYTES);
    long at = 0;
    while (true) {
      if (read(mine.clear()) == 0) {
        return at == other.channel.size();
      }
      mine.flip();
      theirs.clear().limit(mine.remaining());
      while (theirs.hasRemaining() && other.channel.read(theirs, at + theirs.position()) > 0) {}
      if (!theirs.flip().equals(mine)) {
        return false;
      }
      at += mine.remaining();
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (unpacked != null) {
        unpacked.close();
      }
    }
  }
}
