package org.jsupervisor.core.internal.model;

/** What a cell of the state table says: it lets the compiler prove that each pair is answered. */
enum Cell {
  /** The input was acted upon. */
  ACTED,
  /** The input means nothing in this phase. */
  NOTHING
}
