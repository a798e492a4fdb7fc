package org.jsupervisor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The file system, where a test may step in between: before each operation, and at each channel.
 */
class ForwardingFiles implements FileOperations {
  private final FileOperations disk = new DiskFiles();

  /** Called before each operation with its name. */
  void before(String operation) throws IOException {}

  /** What the writer gets instead of this channel. */
  FileChannel wrap(Path file, FileChannel channel) throws IOException {
    return channel;
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    before("mkdir " + directory);
    disk.makeDirectory(directory);
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    before("open " + file);
    return wrap(file, disk.open(file, options));
  }

  @Override
  public Object keyOf(Path file) throws IOException {
    return disk.keyOf(file);
  }

  @Override
  public Instant madeAt(Path file) throws IOException {
    return disk.madeAt(file);
  }

  @Override
  public boolean isThere(Path file) {
    return disk.isThere(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before("rename " + from + " " + to);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    before("delete " + file);
    disk.delete(file);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    before("list " + directory);
    return disk.list(directory);
  }

  @Override
  public void markClosed(Path file) throws IOException {
    before("close " + file);
    disk.markClosed(file);
  }

  @Override
  public void markOpen(Path file) throws IOException {
    before("reopen " + file);
    disk.markOpen(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("sync " + directory);
    disk.syncDirectory(directory);
  }
}
