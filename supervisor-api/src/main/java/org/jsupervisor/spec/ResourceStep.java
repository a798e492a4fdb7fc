package org.jsupervisor.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A launch step that is about what the program may use, and how much of it. */
public sealed interface ResourceStep extends LaunchStep {
  /**
   * Joins a control group, of version 1 or 2, that is there already.
   *
   * @param directory of the group, with a {@code cgroup.procs} in it that the host may write
   */
  record Cgroup(Path directory) implements ResourceStep {
    /** Refuses a relative path. */
    public Cgroup {
      StepRules.requireAbsolute(Kind.CGROUP, directory);
    }

    @Override
    public Kind kind() {
      return Kind.CGROUP;
    }
  }

  /**
   * Replaces the file mode creation mask.
   *
   * @param mask 0 to 0777
   */
  record Umask(int mask) implements ResourceStep {
    /** The highest mask. */
    public static final int MASK_MAX = 0777;

    /** Refuses a mask that is out of bounds. */
    public Umask {
      Problems problems = new Problems();
      StepRules.requireMode(Kind.UMASK, mask, problems);
      problems.throwIfAny();
    }

    @Override
    public Kind kind() {
      return Kind.UMASK;
    }
  }

  /**
   * Lowers or raises the priority.
   *
   * @param adjustment is added to the host's nice value; -20 to 19, below 0 only with privilege
   */
  record Nice(int adjustment) implements ResourceStep {
    /** Refuses an adjustment that is out of bounds. */
    public Nice {
      StepRules.requireWithin(Kind.NICE, adjustment, -20, 19);
    }

    @Override
    public Kind kind() {
      return Kind.NICE;
    }
  }

  /**
   * The scheduling of input and output.
   *
   * @param ioClass the class
   * @param level within the class, 0 is the first; 0 to 7, and 0 for the idle class
   */
  record IoScheduling(IoClass ioClass, int level) implements ResourceStep {
    /** The class. */
    public enum IoClass {
      /** Before all others; only with privilege. */
      REALTIME,
      /** The usual one. */
      BEST_EFFORT,
      /** Only when nobody else wants the disk. */
      IDLE
    }

    /** Refuses a level that is out of bounds. */
    public IoScheduling {
      StepRules.requireWithin(Kind.IO_SCHEDULING, level, 0, ioClass == IoClass.IDLE ? 0 : 7);
    }

    @Override
    public Kind kind() {
      return Kind.IO_SCHEDULING;
    }
  }

  /**
   * The scheduling of the processor.
   *
   * @param policy the policy
   * @param priority 1 to 99 for the real-time policies, else 0
   */
  record CpuScheduling(Policy policy, int priority) implements ResourceStep {
    /** The policy. */
    public enum Policy {
      /** The usual one. */
      OTHER,
      /** For work that nobody waits for. */
      BATCH,
      /** Only when nobody else wants the processor. */
      IDLE,
      /** Real time, first in first out; only with privilege. */
      FIFO,
      /** Real time, in turns; only with privilege. */
      ROUND_ROBIN;

      /** Whether it has priorities. */
      public boolean isRealtime() {
        return this == FIFO || this == ROUND_ROBIN;
      }
    }

    /** Refuses a priority that is out of bounds. */
    public CpuScheduling {
      boolean realtime = policy.isRealtime();
      StepRules.requireWithin(Kind.CPU_SCHEDULING, priority, realtime ? 1 : 0, realtime ? 99 : 0);
    }

    @Override
    public Kind kind() {
      return Kind.CPU_SCHEDULING;
    }
  }

  /**
   * The processors that may run the program.
   *
   * @param processors their numbers; at least one, each 0 to {@value #PROCESSOR_MAX}
   */
  record CpuAffinity(SortedSet<Integer> processors) implements ResourceStep {
    /** The highest number. */
    public static final int PROCESSOR_MAX = 8191;

    /** Refuses an empty set, and numbers that are out of bounds. */
    public CpuAffinity {
      processors = Collections.unmodifiableSortedSet(new TreeSet<>(processors));
      if (processors.isEmpty()) {
        Problems problems = new Problems();
        problems.add(StepRules.path(Kind.CPU_AFFINITY), "", "must name a processor");
        problems.throwIfAny();
      }
      StepRules.requireWithin(Kind.CPU_AFFINITY, processors.first(), 0, PROCESSOR_MAX);
      StepRules.requireWithin(Kind.CPU_AFFINITY, processors.last(), 0, PROCESSOR_MAX);
    }

    @Override
    public Kind kind() {
      return Kind.CPU_AFFINITY;
    }
  }

  /**
   * A resource limit. It holds for the small programs that do the later steps, too: a very low one
   * can keep them from running, and so the program.
   *
   * @param resource of what
   * @param soft what holds at first; must not be above the hard one
   * @param hard how far the program may raise it
   */
  record Limit(Resource resource, Bound soft, Bound hard) implements ResourceStep {
    /** Refuses a soft limit above the hard one, and a limit that changes nothing. */
    public Limit {
      Problems problems = new Problems();
      String path = StepRules.path(Kind.LIMIT) + " " + resource.key();
      if (soft.equals(Bound.UNCHANGED) && hard.equals(Bound.UNCHANGED)) {
        problems.add(path, "", "must change the soft or the hard limit");
      }
      if (!soft.equals(Bound.UNCHANGED) && !hard.equals(Bound.UNCHANGED) && soft.exceeds(hard)) {
        problems.add(path, soft + ":" + hard, "soft must not be above hard");
      }
      problems.throwIfAny();
    }

    /** The same soft and hard limit. */
    public static Limit of(Resource resource, long value) {
      return new Limit(resource, Bound.at(value), Bound.at(value));
    }

    /** Another soft limit; the hard one stays. */
    public static Limit soft(Resource resource, long value) {
      return new Limit(resource, Bound.at(value), Bound.UNCHANGED);
    }

    @Override
    public Kind kind() {
      return Kind.LIMIT;
    }
  }
}
