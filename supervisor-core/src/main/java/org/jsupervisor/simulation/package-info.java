/**
 * A platform in virtual time, for testing without processes: the same engine, the same policies, no
 * waiting. It is strict: an engine that breaks the port's contract is told so at once.
 */
package org.jsupervisor.simulation;
