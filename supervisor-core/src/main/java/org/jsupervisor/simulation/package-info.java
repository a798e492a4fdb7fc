/**
 * A platform in virtual time, for testing without processes: the same engine, the same policies, no
 * waiting. It is strict: an engine that breaks the port's contract is told so at once.
 *
 * <p>{@link org.jsupervisor.simulation.Simulation} runs a whole {@link
 * org.jsupervisor.simulation.Scenario} and checks what must always hold; {@link
 * org.jsupervisor.simulation.ScenarioGenerator} makes scenarios by chance.
 */
package org.jsupervisor.simulation;
