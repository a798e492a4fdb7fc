package org.jsupervisor.definition.directory;

/** Whose service directory it is. The families agree on {@code run}, and on little else. */
public enum Family {
  /** D. J. Bernstein's daemontools. */
  DAEMONTOOLS("daemontools"),
  /** Its successor daemontools-encore. */
  ENCORE("daemontools-encore"),
  /** runit. */
  RUNIT("runit"),
  /** s6. */
  S6("s6"),
  /** perp, whose directories have {@code rc.main} where others have {@code run}. */
  PERP("perp");

  private final String text;

  Family(String text) {
    this.text = text;
  }

  /** Its name, as its authors write it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
