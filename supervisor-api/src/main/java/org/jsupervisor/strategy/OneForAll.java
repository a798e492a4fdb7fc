package org.jsupervisor.strategy;

/** All children are stopped in reverse order and started again in order. */
public enum OneForAll implements RestartStrategy {
  /** It has no settings. */
  INSTANCE;

  @Override
  public RestartScope scope(RestartRequest request) {
    return new RestartScope(request.siblings());
  }

  @Override
  public String toString() {
    return "one-for-all";
  }
}
