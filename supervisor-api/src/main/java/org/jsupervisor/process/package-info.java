/** Who a child is and how a run of it ended: identity, signals and decoded exits. */
package org.jsupervisor.process;
