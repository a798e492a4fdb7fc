package org.jsupervisor.wish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What is done to files, step by step: what is not synced may be lost when the power fails. */
interface Disk {
  /** Makes a file of these bytes that nobody else can read, in place of one of that name. */
  void write(Path file, byte[] content) throws IOException;

  /** The bytes of the file stay. */
  void sync(Path file) throws IOException;

  /** The file gets another name, in place of one that has it. */
  void rename(Path from, Path to) throws IOException;

  /** The names of the files in the directory stay. */
  void syncNames(Path directory) throws IOException;

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** The real one. */
  Disk REAL =
      new Disk() {
        @Override
        public void write(Path file, byte[] content) throws IOException {
          Files.deleteIfExists(file);
          ByteBuffer bytes = ByteBuffer.wrap(content);
          try (SeekableByteChannel channel =
              Files.newByteChannel(
                  file,
                  Set.of(
                      StandardOpenOption.CREATE_NEW,
                      StandardOpenOption.WRITE,
                      LinkOption.NOFOLLOW_LINKS),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          }
        }

        @Override
        public void sync(Path file) throws IOException {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void syncNames(Path directory) throws IOException {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          }
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }
      };
}
