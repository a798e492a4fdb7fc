package org.jsupervisor.output;

import java.io.IOException;
import java.util.Map;

/**
 * Says of how many bytes a sink could not keep them after all, though it had taken them: those of a
 * line without an end, for example. Thrown by {@link OutputSink#ended} and {@link
 * OutputSink#close}; then they are counted and told like those that a sink refuses. The sink is not
 * told of them by {@link OutputSink#lost}.
 */
public final class OutputLostException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Map<OutputSource, Long> lost;

  /**
   * So many bytes are lost.
   *
   * @param lost how many of which source, each at least 1; at least one
   * @param why what has refused them; its message is shown
   */
  public OutputLostException(Map<OutputSource, Long> lost, Throwable why) {
    super(why.getMessage(), why);
    this.lost = Map.copyOf(lost);
    if (lost.isEmpty() || lost.values().stream().anyMatch(bytes -> bytes < 1)) {
      throw new IllegalArgumentException("lost output: bytes must be at least 1, were " + lost);
    }
  }

  /** How many bytes of which source. */
  public Map<OutputSource, Long> lost() {
    return lost;
  }

  /** How many bytes a failure of a sink says are lost; 0 if it does not say. */
  public static long bytesOf(Throwable failure) {
    return failure instanceof OutputLostException told
        ? told.lost.values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }
}
