package org.jsupervisor.jmx.remote;

/** From where connections are taken. */
public enum Peers {
  /** From this machine only (the default). */
  LOCAL,
  /** From anywhere that can reach the address. */
  ANY
}
