/** Whom a death affects: the choice of the siblings that are restarted together. */
package org.jsupervisor.strategy;
