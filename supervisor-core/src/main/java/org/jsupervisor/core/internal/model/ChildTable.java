package org.jsupervisor.core.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.process.ChildId;

/**
 * The children of a tree by id: an immutable hash table that shares all but one bucket with the
 * table it was made from. A step changes one child, so a change must not cost the whole tree: with
 * n children it copies the bucket array and one bucket, and rebuilds only when n has doubled.
 */
public final class ChildTable {
  static final ChildTable EMPTY = new ChildTable(new ChildModel[16][], 0);

  private static final ChildModel[] NO_CHILDREN = {};
  private static final int LOAD = 8;
  private static final int BUCKETS_MAX = 4096;

  private final ChildModel[][] buckets;
  private final int size;

  private ChildTable(ChildModel[][] buckets, int size) {
    this.buckets = buckets;
    this.size = size;
  }

  int size() {
    return size;
  }

  Optional<ChildModel> find(ChildId id) {
    for (ChildModel child : bucket(buckets, id)) {
      if (child.id.equals(id)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** This table with the child in the place of the one with its id, or added. */
  ChildTable with(ChildModel child) {
    ChildModel[] bucket = bucket(buckets, child.id);
    for (int i = 0; i < bucket.length; i++) {
      if (bucket[i].id.equals(child.id)) {
        ChildModel[] changed = bucket.clone();
        changed[i] = child;
        return replacing(child.id, changed, size);
      }
    }
    if (size >= buckets.length * LOAD && buckets.length < BUCKETS_MAX) {
      return grown().with(child);
    }
    ChildModel[] longer = Arrays.copyOf(bucket, bucket.length + 1);
    longer[bucket.length] = child;
    return replacing(child.id, longer, size + 1);
  }

  /** This table without the child, if it has one with this id. */
  ChildTable without(ChildId id) {
    ChildModel[] bucket = bucket(buckets, id);
    for (int i = 0; i < bucket.length; i++) {
      if (bucket[i].id.equals(id)) {
        ChildModel[] shorter = Arrays.copyOf(bucket, bucket.length - 1);
        System.arraycopy(bucket, i + 1, shorter, i, bucket.length - i - 1);
        return replacing(id, shorter, size - 1);
      }
    }
    return this;
  }

  /** All children in start order. Linear, with a sort: for readers, not for steps. */
  List<ChildModel> inStartOrder() {
    List<ChildModel> all = new ArrayList<>(size);
    for (ChildModel[] bucket : buckets) {
      if (bucket != null) {
        all.addAll(Arrays.asList(bucket));
      }
    }
    all.sort(Comparator.comparingLong(ChildModel::ordinal));
    return all;
  }

  private ChildTable replacing(ChildId id, ChildModel[] bucket, int newSize) {
    ChildModel[][] changed = buckets.clone();
    changed[index(changed.length, id)] = bucket;
    return new ChildTable(changed, newSize);
  }

  private ChildTable grown() {
    ChildModel[][] larger = new ChildModel[buckets.length * 2][];
    for (ChildModel child : inStartOrder()) {
      ChildModel[] bucket = bucket(larger, child.id);
      ChildModel[] longer = Arrays.copyOf(bucket, bucket.length + 1);
      longer[bucket.length] = child;
      larger[index(larger.length, child.id)] = longer;
    }
    return new ChildTable(larger, size);
  }

  private static ChildModel[] bucket(ChildModel[][] buckets, ChildId id) {
    ChildModel[] bucket = buckets[index(buckets.length, id)];
    return bucket == null ? NO_CHILDREN : bucket;
  }

  private static int index(int length, ChildId id) {
    int hash = id.hashCode();
    return (hash ^ (hash >>> 16)) & (length - 1);
  }
}
