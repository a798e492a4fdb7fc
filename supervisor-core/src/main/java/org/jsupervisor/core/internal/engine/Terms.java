package org.jsupervisor.core.internal.engine;

import java.util.Optional;
import java.util.OptionalLong;
import org.jsupervisor.spec.ChildTemplate;

/**
 * On what an operation was decided; if it is no longer so when its turn comes, it is refused.
 *
 * @param generation which generation of the child the caller has seen, if it matters
 * @param template what the spec of a new instance was made by, if it is one
 */
record Terms(OptionalLong generation, Optional<ChildTemplate> template) {
  static Terms seen(OptionalLong generation) {
    return new Terms(generation, Optional.empty());
  }

  static Terms madeBy(ChildTemplate template) {
    return new Terms(OptionalLong.empty(), Optional.of(template));
  }
}
