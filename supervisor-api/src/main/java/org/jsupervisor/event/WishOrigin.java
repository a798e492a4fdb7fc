package org.jsupervisor.event;

/** Where it comes from that something else is wanted of a child. */
public enum WishOrigin {
  /** Somebody has asked for it. */
  ASKED,
  /** Its definition, or that of its supervisor, says so. */
  DEFINITION,
  /** It is being removed. */
  REMOVAL,
  /** It was wanted once, and that run is over, or will not come again. */
  ONCE_IS_OVER
}
