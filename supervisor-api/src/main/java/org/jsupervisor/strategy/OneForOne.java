package org.jsupervisor.strategy;

import java.util.List;

/** Only the failed child is started again. */
public enum OneForOne implements RestartStrategy {
  /** It has no settings. */
  INSTANCE;

  @Override
  public RestartScope scope(RestartRequest request) {
    return new RestartScope(List.of(request.failed()));
  }

  @Override
  public String toString() {
    return "one-for-one";
  }
}
