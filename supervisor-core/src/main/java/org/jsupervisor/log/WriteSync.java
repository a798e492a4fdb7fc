package org.jsupervisor.log;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsupervisor.spec.LogSync;

/** Brings what was written to the disk, when a spec says so; at a rotation the file does itself. */
final class WriteSync {
  private final Upkeep upkeep;
  private final AtomicBoolean queued = new AtomicBoolean();

  WriteSync(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /** Something was written to the file. */
  void written(CurrentFile file, LogSync wanted) throws IOException {
    if (wanted instanceof LogSync.EveryWrite) {
      file.sync();
    } else if (wanted instanceof LogSync.Every every && queued.compareAndSet(false, true)) {
      queue(file, every);
    }
  }

  private void queue(CurrentFile file, LogSync.Every every) {
    Runnable job =
        () -> {
          queued.set(false);
          file.syncInBackground();
        };
    try {
      upkeep.runLater(job, every.interval().toNanos());
    } catch (RejectedExecutionException noThread) {
      // The next write asks again.
      queued.set(false);
    }
  }
}
