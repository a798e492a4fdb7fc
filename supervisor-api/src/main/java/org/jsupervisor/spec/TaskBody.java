package org.jsupervisor.spec;

/**
 * What a task does: code in this JVM, called once for each run, on a daemon thread of that run.
 *
 * <p>It is stopped by an interrupt and by nothing else: it must let {@link InterruptedException}
 * through, or look at {@link Thread#isInterrupted} and return. If it returns, its run is completed;
 * what it throws is its end, {@link Error}s too. One object serves all runs of a child: what a run
 * leaves in its fields the next one finds.
 *
 * <p>The thread carries the context class loader of the thread that started the tree and inherits
 * no thread-locals.
 */
@FunctionalInterface
public interface TaskBody {
  /**
   * Does the work of one run.
   *
   * @param context this run
   * @throws TaskDeclinedException to say, before it is ready, that it need not run at all
   * @throws Exception to fail; as an answer to the interrupt of a stop, {@link
   *     InterruptedException} is no failure
   */
  void run(TaskContext context) throws Exception;
}
