package org.jsupervisor.rescan;

/** Whether a directory is read again by itself. */
public enum WatchState {
  /** It is not: a rescan comes when somebody asks for it. */
  NONE,
  /** Soon after it has changed. */
  WATCHING,
  /** Every few seconds, since this host does not tell of its changes: it lacks something. */
  INTERVAL
}
