/**
 * Service directories of daemontools, daemontools-encore, runit, s6 and perp, and what other
 * formats share with them.
 */
package org.jsupervisor.definition.directory;
