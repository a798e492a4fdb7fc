package org.jsupervisor.event;

import java.time.Instant;

/**
 * An event with its stamp.
 *
 * @param sequence counts the events of a tree from 1, without gaps; a listener that sees a gap has
 *     lost what lies between
 * @param at the wall clock when it was published; for people, never for computing durations
 * @param event what has happened
 */
public record PublishedEvent(long sequence, Instant at, SupervisorEvent event) {}
