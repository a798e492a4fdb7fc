package org.jsupervisor.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/** How a file of a log directory ends. */
final class FileEnd {
  private static final int BLOCK_BYTES = 64 * 1024;

  private FileEnd() {}

  /** Whether its last byte is no newline; an empty one has none. */
  static boolean isInLine(FileOperations files, Path file) throws IOException {
    try (FileChannel channel = files.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      int unused = channel.read(last, size - 1);
      return last.get(0) != '\n';
    }
  }

  /** Likewise of what was compressed with gzip: it has to be read to its end. */
  static boolean isInLineUnpacked(FileOperations files, Path file) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    byte last = '\n';
    try (FileChannel channel = files.open(file, StandardOpenOption.READ);
        InputStream unpacked = new GZIPInputStream(Channels.newInputStream(channel), BLOCK_BYTES)) {
      for (int count = unpacked.read(block); count > 0; count = unpacked.read(block)) {
        last = block[count - 1];
      }
    }
    return last != '\n';
  }
}
