/** Internal: the beans, their metadata, their registration and their notifications. */
package org.jsupervisor.jmx.internal;
