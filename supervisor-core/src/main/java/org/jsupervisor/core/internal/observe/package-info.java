/**
 * What leaves the engine: snapshots that are read without waiting, and events that cannot hurt it.
 */
package org.jsupervisor.core.internal.observe;
