package org.jsupervisor.output;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes what a child writes. One sink serves all runs of a child, one after the other and, while a
 * grandchild of an old run keeps its pipe open, at the same time; and both pipes of a run whose
 * stdout and stderr are apart.
 *
 * <p>Thread: all calls come from the platform's output threads, never two at once for one sink,
 * each seeing what the one before has done. Order: bytes of one source come in the order in which
 * they were written; between sources there is none. {@code ended} is the last call for its source,
 * {@code close} is the last of all and comes once.
 *
 * <p>A call may block, and then the child blocks at its next write when its pipe is full, and so do
 * all others with the same sink. Children with other sinks wait a moment, until the platform has
 * put another thread in the place of the one that is held up; of those there is a limit, so a sink
 * that is often slow needs a buffer of its own. The next call may come from another thread.
 */
public interface OutputSink extends AutoCloseable {
  /** What becomes of bytes that were not kept. */
  enum OnFailure {
    /** They are lost: counted, reported, and told to {@link #lost}. */
    LOSE,
    /**
     * They are offered again, after a moment, until they are kept; meanwhile nothing more of their
     * source is read, so that the child waits. What is left when the platform is closed is lost.
     */
    OFFER_AGAIN
  }

  /**
   * Takes all remaining bytes of the buffer.
   *
   * @param source who wrote them
   * @param bytes owned by the caller: valid during the call only, may be direct and is reused
   * @throws IOException if they could not be kept: those that remain in the buffer are lost or
   *     offered again, as {@link #onFailure} says
   */
  void accept(OutputSource source, ByteBuffer bytes) throws IOException;

  /**
   * What the platform does with bytes of a source that were not kept; always the same answer.
   *
   * @param source who wrote them
   */
  default OnFailure onFailure(OutputSource source) {
    return OnFailure.LOSE;
  }

  /**
   * Bytes of a source will not come, after all that came before this call: a place to leave a mark
   * for readers.
   *
   * @param source who wrote them
   * @param bytes how many, at least 1
   * @throws IOException if the mark could not be kept; the sink is not asked again
   */
  default void lost(OutputSource source, long bytes) throws IOException {}

  /**
   * The source will write nothing more: every holder of its pipe has closed it.
   *
   * @param source who has ended
   * @throws OutputLostException if bytes that were pending could not be kept
   * @throws IOException if something else could not be done
   */
  default void ended(OutputSource source) throws IOException {}

  /**
   * What operators know it by, as one short line: by default the name of its class. Asked by any
   * thread, at any time.
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * Releases what the sink holds.
   *
   * @throws OutputLostException if bytes that were pending could not be kept
   * @throws IOException if something else could not be done
   */
  @Override
  default void close() throws IOException {}
}
