package org.jsupervisor.posix.internal.io;

import org.jsupervisor.process.Pid;

/**
 * A notification socket on its way to a child, which gets its address and no descriptor. One of
 * {@link #begin} and {@link #abandon} must be called, once. Not thread-safe.
 */
public final class ChildSocket {
  private final WatchedSources sources;
  private final long id;
  private final NotifySocket socket;
  private final String name;

  ChildSocket(WatchedSources sources, long id, NotifySocket socket, String name) {
    this.sources = sources;
    this.id = id;
    this.socket = socket;
    this.name = name;
  }

  /** As it stands in {@code NOTIFY_SOCKET}. */
  public String address() {
    return "@" + name;
  }

  /** The child runs as this process: from now on it is heard. */
  public void begin(Pid pid) {
    socket.belongsTo(pid);
    sources.begin(id);
  }

  /** There is no child. */
  public void abandon() {
    sources.abandon(id);
  }

  /** The run is over: what it has said before is heard, and nothing after it. Any thread. */
  void end() {
    sources.endLater(id);
  }
}
