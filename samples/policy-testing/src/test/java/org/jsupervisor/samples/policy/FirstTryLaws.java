package org.jsupervisor.samples.policy;

import org.jsupervisor.policy.RestartPolicy;

/** The first try does not: run by {@link PlantedBugsTest} only, which expects that it fails. */
class FirstTryLaws extends PolicyLaws {
  @Override
  RestartPolicy policy() {
    return new FirstTry(CAP);
  }
}
