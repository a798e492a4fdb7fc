/**
 * Commands that are run for children beside their runs, on the platform of the tree: the question
 * whether a child is ready, and what follows a run. Confined to the engine.
 */
package org.jsupervisor.core.internal.command;
