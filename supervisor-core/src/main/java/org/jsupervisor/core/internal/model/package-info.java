/**
 * The pure heart: (model, input, moment) in, (model, effects, events) out. No clock, thread,
 * logger, random source or I/O is named here; a test says so.
 *
 * <p>{@link TreeMachine} steps the tree and asks the strategy; {@link ChildMachine} steps one child
 * through a total table of phases and inputs and asks the restart policy.
 */
package org.jsupervisor.core.internal.model;
