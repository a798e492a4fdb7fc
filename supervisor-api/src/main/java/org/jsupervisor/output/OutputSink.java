package org.jsupervisor.output;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes what a child writes. One sink serves all runs of a child, one after the other and, while a
 * grandchild of an old run keeps its pipe open, at the same time.
 *
 * <p>Thread: all calls come from the platform's output threads, never two at once for one sink,
 * each seeing what the one before has done. Order: bytes of one source come in the order in which
 * they were written; between sources there is none. {@code ended} is the last call for its source,
 * {@code close} is the last of all and comes once.
 *
 * <p>A call may block, and then the child blocks at its next write when its pipe is full; other
 * children that share the output thread wait too, so a sink that may be slow needs a buffer of its
 * own.
 */
public interface OutputSink extends AutoCloseable {
  /**
   * Takes all remaining bytes of the buffer.
   *
   * @param source who wrote them
   * @param bytes owned by the caller: valid during the call only, may be direct and is reused
   * @throws IOException if they could not be kept; the position of the buffer is at the first byte
   *     that was not. They may be offered again; if they are not, {@link #lost} tells how many
   */
  void accept(OutputSource source, ByteBuffer bytes) throws IOException;

  /**
   * Bytes of the source will not come: write a mark.
   *
   * @param source who wrote them
   * @param bytes how many
   * @throws IOException if the mark could not be kept
   */
  default void lost(OutputSource source, long bytes) throws IOException {}

  /**
   * The source will write nothing more: every holder of its pipe has closed it.
   *
   * @param source who has ended
   * @throws IOException if what was pending could not be kept
   */
  default void ended(OutputSource source) throws IOException {}

  /**
   * Releases what the sink holds.
   *
   * @throws IOException if something pending could not be kept
   */
  @Override
  default void close() throws IOException {}
}
