package org.jsupervisor.rescan;

import java.time.Instant;

/**
 * The last plan that somebody has asked for. Immutable.
 *
 * @param at when the directory had been read for it, by the wall clock
 * @param plan what would have been done then
 */
public record LastPlan(Instant at, ChangePlan plan) {}
