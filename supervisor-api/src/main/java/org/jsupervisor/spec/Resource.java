package org.jsupervisor.spec;

/** What the system can limit for a process. */
public enum Resource {
  /** Address space, in bytes. */
  ADDRESS_SPACE("as"),
  /** Size of a core file, in bytes. */
  CORE("core"),
  /** Processor time, in seconds; the signal at the soft limit is XCPU. */
  CPU_TIME("cpu"),
  /** Data segment, in bytes. */
  DATA("data"),
  /** Size of a file that it writes, in bytes. */
  FILE_SIZE("fsize"),
  /** File locks, a number. */
  LOCKS("locks"),
  /** Locked memory, in bytes. */
  LOCKED_MEMORY("memlock"),
  /** POSIX message queues, in bytes. */
  MESSAGE_QUEUES("msgqueue"),
  /** How far it may raise its priority: 20 minus the lowest nice value. */
  NICE("nice"),
  /** Open descriptors, a number. */
  OPEN_FILES("nofile"),
  /** Processes of its user, a number. */
  PROCESSES("nproc"),
  /** Resident set, in bytes; Linux ignores it. */
  RESIDENT_SET("rss"),
  /** The highest real-time priority. */
  REALTIME_PRIORITY("rtprio"),
  /** Processor time under real-time scheduling without a pause, in microseconds. */
  REALTIME_TIME("rttime"),
  /** Signals that wait, a number. */
  PENDING_SIGNALS("sigpending"),
  /** Stack, in bytes. */
  STACK("stack");

  private final String key;

  Resource(String key) {
    this.key = key;
  }

  /** The short name that most tools have for it, for example {@code nofile}. */
  public String key() {
    return key;
  }
}
