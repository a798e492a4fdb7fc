package org.jsupervisor.definition.directory;

/** What becomes of a file that a format gives a meaning. */
public enum Treatment {
  /** It does here what it does there, but for what a note or the document says. */
  HONOURED("honoured"),
  /** It has no effect, and a note says so. */
  REPORTED("reported"),
  /** A definition with it is refused: without it, the service would be another one. */
  REFUSED("refused"),
  /** It is for the service itself, or is the working state of its supervisor. */
  PASSED_OVER("passed over");

  private final String text;

  Treatment(String text) {
    this.text = text;
  }

  /** As the documents have it. */
  public String text() {
    return text;
  }
}
