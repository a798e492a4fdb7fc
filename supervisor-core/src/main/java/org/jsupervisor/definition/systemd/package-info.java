/** Definitions of systemd; {@code docs/formats/systemd.md}. */
package org.jsupervisor.definition.systemd;
