package org.jsupervisor.samples.policy;

import org.jsupervisor.policy.RestartPolicy;

/** The mended policy keeps its promises. */
class MendedProperties extends PolicyLaws {
  @Override
  RestartPolicy policy() {
    return new Mended(CAP);
  }
}
