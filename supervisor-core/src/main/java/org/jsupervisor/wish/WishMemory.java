package org.jsupervisor.wish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsupervisor.Subscription;
import org.jsupervisor.Supervisor;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.event.SupervisorListener;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.TreePhase;
import org.jsupervisor.snapshot.TreeSnapshot;
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

  /** The most wishes that are kept; of more, the oldest are dropped, which is logged. */
  public static final int WISHES_MAX = 4_000;

  private final Optional<String> problem;

  /** Empty if there is nothing that may be replaced. */
  private final Optional<WishSaver> saver;

  private final Object lock = new Object();

  // Below: guarded by the lock.
  private final Map<ChildId, Wish> wishes = new TreeMap<>();
  private final Map<ChildId, Desire> defined = new HashMap<>();
  private boolean stopping;

  private WishMemory(Path path, Disk disk) {
    WishFile file = new WishFile(path, disk);
    WishFile.Reading reading = file.read();
    reading.wishes().forEach(wish -> wishes.put(wish.child(), wish));
    this.problem = reading.problem();
    this.saver =
        reading.mayBeSaved() ? Optional.of(new WishSaver(file, this::wishes)) : Optional.empty();
    problem.ifPresent(why -> LOG.warn("what was wanted is not known: {}", why));
    wishes.values().forEach(WishMemory::log);
  }

  private static void log(Wish wish) {
    LOG.info(
        "{} is wanted {} since {}: {}", wish.child(), wish.desire(), wish.since(), wish.reason());
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
  public List<Wish> wishes() {
    synchronized (lock) {
      return List.copyOf(wishes.values());
    }
  }

  /**
   * The definition, with what is remembered in the place of what is wanted initially. To be called
   * for each definition before it is given to the supervisor, the first and later ones.
   */
  public ProcessSpec applied(ProcessSpec spec) {
    synchronized (lock) {
      defined.put(spec.id(), spec.initially());
      Wish wish = wishes.get(spec.id());
      if (wish == null || spec.initially() == Desire.ONCE) {
        return spec;
      }
      return spec.toBuilder().withInitially(wish.desire()).build();
    }
  }

  /** Remembers from now on what is wanted in this tree. Once, right after its start. */
  public void follow(Supervisor tree) {
    Subscription unused = tree.subscribe(new Follower(tree));
    synchronized (lock) {
      // What is told meanwhile waits, and is at most as old as what is looked at here.
      reconcile(tree.snapshot());
    }
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
      synchronized (lock) {
        if (event instanceof SupervisorEvent.DesireChanged change) {
          hear(change);
        } else if (event instanceof SupervisorEvent.Removed removed) {
          forget(removed.child());
        } else if (event instanceof SupervisorEvent.TreePhaseChanged changed) {
          stopping |= changed.to() != TreePhase.RUNNING;
        }
      }
    }

    @Override
    public void onLoss(long events) {
      synchronized (lock) {
        TreeSnapshot snapshot = tree.snapshot();
        List<ChildId> gone = new ArrayList<>(defined.keySet());
        snapshot.children().forEach(child -> gone.remove(child.id()));
        gone.forEach(WishMemory.this::forget);
        reconcile(snapshot);
      }
    }
  }

  private void hear(SupervisorEvent.DesireChanged change) {
    switch (change.origin()) {
      case ASKED, DEFINITION -> note(change.child(), change.desire(), change.reason());
      // Nobody has decided that it is to be down.
      case ONCE_IS_OVER -> {}
      case REMOVAL -> forget(change.child());
    }
  }

  private void reconcile(TreeSnapshot snapshot) {
    for (ChildSnapshot child : snapshot.children()) {
      note(child.id(), child.desire(), "as it was found");
    }
  }

  private void note(ChildId child, Desire wanted, String reason) {
    Desire byDefinition = defined.get(child);
    if (stopping || byDefinition == null || byDefinition == Desire.ONCE) {
      return;
    }
    Wish before = wishes.get(child);
    if (wanted == byDefinition || wanted == Desire.ONCE) {
      if (wishes.remove(child) != null) {
        saveSoon();
      }
    } else if (before == null || before.desire() != wanted) {
      wishes.put(child, new Wish(child, wanted, Instant.now(), reason));
      dropOldest();
      saveSoon();
    }
  }

  private void dropOldest() {
    if (wishes.size() > WISHES_MAX) {
      Wish oldest = wishes.values().stream().min(Comparator.comparing(Wish::since)).orElseThrow();
      wishes.remove(oldest.child());
      LOG.warn("more than {} wishes, so this is forgotten: {}", WISHES_MAX, oldest);
    }
  }

  /** Also while the tree stops: it is removed all the same. */
  private void forget(ChildId child) {
    defined.remove(child);
    if (wishes.remove(child) != null) {
      saveSoon();
    }
  }

  private void saveSoon() {
    saver.ifPresent(WishSaver::soon);
  }

  /**
   * Saves what is left and remembers nothing more. Waits for a save that is under way, up to ten
   * seconds; if it is interrupted meanwhile, it does not, and saves all the same.
   */
  @Override
  public void close() {
    saver.ifPresent(WishSaver::close);
  }
}
