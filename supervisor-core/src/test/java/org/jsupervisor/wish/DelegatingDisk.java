package org.jsupervisor.wish;

import java.io.IOException;
import java.nio.file.Path;

/** The real disk, for those that differ in one thing. */
class DelegatingDisk implements Disk {
  @Override
  public void write(Path file, byte[] content) throws IOException {
    REAL.write(file, content);
  }

  @Override
  public void sync(Path file) throws IOException {
    REAL.sync(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    REAL.rename(from, to);
  }

  @Override
  public void syncNames(Path directory) throws IOException {
    REAL.syncNames(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    REAL.delete(file);
  }
}
