package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a host that dies at its n-th operation: before it, or in the middle if it is a
 * write. From then on nothing is done any more.
 */
final class MortalFiles extends ForwardingFiles {
  /** The end of the host. No I/O error, so that nobody takes it for one. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death(String operation) {
      super("died at: " + operation);
    }
  }

  private final List<FileChannel> opened = new ArrayList<>();
  private int stepsLeft;

  MortalFiles(int steps) {
    this.stepsLeft = steps;
  }

  @Override
  void before(String operation) {
    stepsLeft--;
    if (stepsLeft < 0) {
      throw new Death(operation);
    }
  }

  @Override
  FileChannel wrap(Path file, FileChannel channel) {
    opened.add(channel);
    return file.getFileName().toString().startsWith("lock") ? channel : new Mortal(channel);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("sync " + directory);
  }

  /** As the kernel does for a process that is gone: this releases its locks. */
  void closeAll() throws IOException {
    for (FileChannel channel : opened) {
      channel.close();
    }
  }

  private final class Mortal extends FaultyFile {
    Mortal(FileChannel file) {
      super(file, () -> Integer.MAX_VALUE);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      try {
        before("write");
      } catch (Death death) {
        if (stepsLeft == -1) {
          super.write(source.limit(source.position() + source.remaining() / 2));
        }
        throw death;
      }
      return super.write(source);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      before("truncate");
      return super.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      // The machine goes on: what was written is there, synced or not.
      before("force");
    }
  }
}
