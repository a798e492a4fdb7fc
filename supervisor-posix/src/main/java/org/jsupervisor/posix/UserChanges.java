package org.jsupervisor.posix;

/** Whether launch steps may change users and groups. */
public enum UserChanges {
  /** As the specs say (the default). */
  APPLIED,
  /**
   * Not at all: every child runs as the host's user, and what is made for it belongs to the host.
   * For hosts without privileges, such as a developer's machine, that run the specs of others.
   * Whatever else needs a privilege is still refused.
   */
  SWITCHED_OFF
}
