package org.jsupervisor.posix.internal.step;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One way to do a step: a tool, and what it is told before the next program of the chain.
 *
 * @param tool its name
 * @param arguments for what is asked; empty if this tool cannot do it
 */
record Way<T>(String tool, Function<T, Optional<List<String>>> arguments) {
  /** A tool that can do whatever is asked of it. */
  static <T> Way<T> always(String tool, Function<T, List<String>> arguments) {
    return new Way<>(tool, asked -> Optional.of(arguments.apply(asked)));
  }

  /** A tool that cannot do everything. */
  static <T> Way<T> sometimes(String tool, Function<T, Optional<List<String>>> arguments) {
    return new Way<>(tool, arguments);
  }
}
