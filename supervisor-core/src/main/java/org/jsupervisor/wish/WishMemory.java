package org.jsupervisor.wish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.spec.ProcessSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in a file what operators want of the children, beyond the life of the host: who was
 * told to be down is not started when the host begins again, as with the {@code down} file that
 * {@code s6-svc -D} leaves; and who was told to be up though its definition says down, is.
 *
 * <pre>{@code
 * WishMemory memory = WishMemory.open(Path.of("state/wishes"));
 * found.specs().forEach(spec -> builder.addChild(memory.applied(spec)));
 * Supervisor tree = SupervisorBuilder.of(builder.build(), platform).start();
 * memory.follow(tree);
 * }</pre>
 *
 * <p>Only children that have passed through {@link #applied} are remembered, and of them only what
 * differs from their definition: an answer that their definition gives itself needs no memory. A
 * child that is wanted {@link Desire#ONCE} by its definition runs at each start of the host, so
 * nothing is remembered of it. A child that is removed is forgotten. What happens while the tree
 * stops is nobody's wish.
 *
 * <p><b>The file</b> is a text that people can read. It is replaced as a whole, synced, by a thread
 * of this object that lives only while there is something to save; so what is wanted in the last
 * moments before the host is killed may be missing, but nothing is ever half there. If it cannot be
 * saved, because the disk is full or read-only, that is logged once, the tree goes on, and it is
 * tried again. A file that is torn or changed, or has the format of a later version, is kept aside
 * as {@code NAME.bad} and counts as empty. A file or directory that others could write is neither
 * read nor replaced.
 *
 * <p>Thread-safe. Begins with {@link #open}; ends with {@link #close}, after the tree has ended.
 */
public final class WishMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WishMemory.class);

  /** How long until it is tried again to save what could not be saved. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final WishFile file;
  private final Optional<String> problem;
  private final boolean saves;
  private final ScheduledThreadPoolExecutor saver;

  // Below: guarded by this.
  private final Map<ChildId, Wish> wishes = new TreeMap<>();
  private final Map<ChildId, Desire> defined = new HashMap<>();
  private boolean dirty;
  private boolean stopping;
  private boolean failing;

  private WishMemory(Path path, Disk disk) {
    this.file = new WishFile(path, disk);
    WishFile.Reading reading = file.read();
    reading.wishes().forEach(wish -> wishes.put(wish.child(), wish));
    this.problem = reading.problem();
    this.saves = reading.mayBeSaved();
    this.saver = saver();
    problem.ifPresent(why -> LOG.warn("what was wanted is not known: {}", why));
    wishes.values().forEach(WishMemory::log);
  }

  private static void log(Wish wish) {
    LOG.info(
        "{} is wanted {} since {}: {}", wish.child(), wish.desire(), wish.since(), wish.reason());
  }

  private static ScheduledThreadPoolExecutor saver() {
    ScheduledThreadPoolExecutor saver =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "supervisor-wishes");
              thread.setDaemon(true);
              return thread;
            });
    saver.setKeepAliveTime(2 * RETRY.toSeconds(), TimeUnit.SECONDS);
    saver.allowCoreThreadTimeOut(true);
    saver.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return saver;
  }

  /**
   * Reads the file, which need not be there; its directory must be. Never fails: what is wrong is
   * logged and told by {@link #problem}, and nothing is remembered then.
   */
  public static WishMemory open(Path file) {
    return open(file, Disk.REAL);
  }

  static WishMemory open(Path file, Disk disk) {
    return new WishMemory(file, disk);
  }

  /** Why the file was not taken when it was read. */
  public Optional<String> problem() {
    return problem;
  }

  /** What is remembered now, by name. */
  public synchronized List<Wish> wishes() {
    return List.copyOf(wishes.values());
  }

  /**
   * The definition, with what is remembered in the place of what is wanted initially. To be called
   * for each definition before it is given to the supervisor, the first and later ones.
   */
  public synchronized ProcessSpec applied(ProcessSpec spec) {
    defined.put(spec.id(), spec.initially());
    Wish wish = wishes.get(spec.id());
    if (wish == null || spec.initially() == Desire.ONCE) {
      return spec;
    }
    return spec.toBuilder().withInitially(wish.desire()).build();
  }

  /** Remembers from now on what is wanted in this tree. Once, right after its start. */
  public void follow(Supervisor tree) {
    Subscription unused = tree.subscribe(new Follower(tree));
    reconcile(tree);
  }

  /** Hears of wishes; if it has missed some, it looks. */
  private final class Follower implements SupervisorListener {
    private final Supervisor tree;

    Follower(Supervisor tree) {
      this.tree = tree;
    }

    @Override
    public void onEvent(PublishedEvent published) {
      SupervisorEvent event = published.event();
      if (event instanceof SupervisorEvent.DesireChanged change) {
        note(change.child(), change.desire(), change.reason());
      } else if (event instanceof SupervisorEvent.Removed removed) {
        forget(removed.child());
      } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
        if (changed.to() != TreePhase.RUNNING) {
          stop();
        }
      }
    }

    @Override
    public void onLoss(long events) {
      reconcile(tree);
    }
  }

  private void reconcile(Supervisor tree) {
    for (ChildSnapshot child : tree.snapshot().children()) {
      note(child.id(), child.desire(), "as it was found");
    }
  }

  private synchronized void stop() {
    stopping = true;
  }

  private synchronized void note(ChildId child, Desire wanted, String reason) {
    Desire byDefinition = defined.get(child);
    if (stopping || byDefinition == null || byDefinition == Desire.ONCE) {
      return;
    }
    Wish before = wishes.get(child);
    if (wanted == byDefinition) {
      if (wishes.remove(child) != null) {
        saveSoon();
      }
    } else if (wanted != Desire.ONCE && (before == null || before.desire() != wanted)) {
      wishes.put(child, new Wish(child, wanted, Instant.now(), reason));
      saveSoon();
    }
  }

  private synchronized void forget(ChildId child) {
    defined.remove(child);
    if (!stopping && wishes.remove(child) != null) {
      saveSoon();
    }
  }

  private void saveSoon() {
    if (saves && !dirty && !saver.isShutdown()) {
      saver.execute(this::save);
    }
    dirty = true;
  }

  /** On the saver's thread, or at the end. */
  private void save() {
    List<Wish> now;
    synchronized (this) {
      if (!dirty) {
        return;
      }
      dirty = false;
      now = wishes();
    }
    try {
      file.save(now);
      tell(Optional.empty());
    } catch (IOException | RuntimeException e) {
      tell(Optional.of(e));
    }
  }

  private synchronized void tell(Optional<Exception> failure) {
    if (failure.isPresent()) {
      dirty = true;
      if (!failing) {
        LOG.warn("what is wanted cannot be saved, it is tried again: {}", failure.get().toString());
      }
      if (!saver.isShutdown()) {
        var unused = saver.schedule(this::save, RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } else if (failing) {
      LOG.info("what is wanted is saved again");
    }
    failing = failure.isPresent();
  }

  /** Saves what is left and remembers nothing more. Waits for the disk, up to ten seconds. */
  @Override
  public void close() {
    synchronized (this) {
      saver.shutdown();
    }
    try {
      if (!saver.awaitTermination(2 * RETRY.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("what is wanted is still being saved");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (saves) {
      save();
    }
  }
}
