/** The MDC of SLF4J, for all that log: the engine and the sinks do not know each other. */
package org.jsupervisor.mdc;
