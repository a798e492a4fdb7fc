package org.jsupervisor.core.internal.model;

import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Signal;

/**
 * A program that is run instead of sending a signal: its identity, by which its end is known.
 *
 * @param run for which run
 * @param number which of the programs of the child, from 1
 * @param signal what it is run instead of
 */
public record SignalOrder(Incarnation run, long number, Signal signal) {}
