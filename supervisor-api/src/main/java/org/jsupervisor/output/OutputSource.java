package org.jsupervisor.output;

import org.jsupervisor.process.Incarnation;

/**
 * Who wrote the bytes.
 *
 * @param incarnation the run whose pipe they came from; a grandchild of it may have written them
 */
public record OutputSource(Incarnation incarnation) {}
