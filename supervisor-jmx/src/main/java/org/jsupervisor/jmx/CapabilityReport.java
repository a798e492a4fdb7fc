package org.jsupervisor.jmx;

import org.jsupervisor.process.Capability;

/**
 * Something that the platform can do on this host, or cannot, as JMX tells it.
 *
 * @param name what
 * @param level {@code FULL}, {@code LIMITED} or {@code NONE}
 * @param detail by what it is done, or what is missing
 */
public record CapabilityReport(String name, Capability.Level level, String detail) {}
