package org.jsupervisor.jmx.remote;

/** Whether a client must show a certificate that the connector's trust store accepts. */
public enum ClientCertificates {
  /** Without one there is no connection (the default). */
  REQUIRED,
  /** A name and a password are enough; for connections of this machine only. */
  NOT_ASKED
}
