package org.jsupervisor.platform;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.spec.ProcessSpec;

/**
 * The order to start a process.
 *
 * @param incarnation names the run in all reports; never used twice on one platform
 * @param spec what to start; the platform uses its command, environment, directory, input,
 *     readiness, watchdog, leftovers, steps and host death
 * @param output what stdout and stderr are connected to
 */
public record LaunchRequest(Incarnation incarnation, ProcessSpec spec, OutputTarget output) {}
