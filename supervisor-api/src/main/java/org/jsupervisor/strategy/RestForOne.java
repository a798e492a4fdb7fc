package org.jsupervisor.strategy;

/** The failed child and those that were started after it. */
public enum RestForOne implements RestartStrategy {
  /** It has no settings. */
  INSTANCE;

  @Override
  public RestartScope scope(RestartRequest request) {
    return new RestartScope(
        request
            .siblings()
            .subList(request.siblings().indexOf(request.failed()), request.siblings().size()));
  }

  @Override
  public String toString() {
    return "rest-for-one";
  }
}
