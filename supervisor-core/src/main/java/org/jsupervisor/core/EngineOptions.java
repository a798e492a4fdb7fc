package org.jsupervisor.core;

import java.time.Duration;

/**
 * Every limit of an engine. Nothing in it waits, queues, retries or remembers without one of these.
 *
 * @param inboxCapacity how many operations may wait to be taken up; more are refused as {@code
 *     OVERLOADED}
 * @param operationsMax how many operations on children may be under way, and how many may wait for
 *     the tree to be ready; more are refused as {@code OVERLOADED}
 * @param eventsKept how many events are kept for slow listeners; older ones are lost to them,
 *     counted
 * @param inputsPerCycle how many operations are taken up before reports and deadlines have their
 *     turn
 * @param probeThreads how many threads ask children whether they are ready; there is none as long
 *     as nobody is to be asked
 * @param closeWait how long {@link org.jsupervisor.Supervisor#close} waits for the end at most
 */
public record EngineOptions(
    int inboxCapacity,
    int operationsMax,
    int eventsKept,
    int inputsPerCycle,
    int probeThreads,
    Duration closeWait) {
  /** A hundred years: far below the overflow of nanoseconds in a long. */
  static final Duration WAIT_MAX = Duration.ofDays(36_500);

  private static final int PROBE_THREADS_MAX = 256;
  private static final int COUNT_MAX = 1 << 24;

  /** Checks that all are positive, the counts at most 16,777,216, the wait 36,500 days. */
  public EngineOptions {
    check("inbox capacity", inboxCapacity);
    check("operations under way", operationsMax);
    check("events kept", eventsKept);
    check("inputs per cycle", inputsPerCycle);
    check("probe threads", probeThreads);
    if (probeThreads > PROBE_THREADS_MAX) {
      throw new IllegalArgumentException(
          "engine: probe threads must be 1 to " + PROBE_THREADS_MAX + ", was " + probeThreads);
    }
    if (closeWait.isNegative() || closeWait.isZero() || closeWait.compareTo(WAIT_MAX) > 0) {
      throw new IllegalArgumentException(
          "engine: close wait must be positive and at most "
              + WAIT_MAX.toDays()
              + " days, was "
              + closeWait);
    }
  }

  /**
   * 4,096 in the inbox, 16,384 under way, 16,384 events, 256 a cycle, 4 probe threads, 10 minutes.
   */
  public static EngineOptions defaults() {
    return new EngineOptions(4096, 16_384, 16_384, 256, 4, Duration.ofMinutes(10));
  }

  /** Replaces how many operations may wait. */
  public EngineOptions withInboxCapacity(int replacement) {
    return new EngineOptions(
        replacement, operationsMax, eventsKept, inputsPerCycle, probeThreads, closeWait);
  }

  /** Replaces how many operations may be under way. */
  public EngineOptions withOperationsMax(int replacement) {
    return new EngineOptions(
        inboxCapacity, replacement, eventsKept, inputsPerCycle, probeThreads, closeWait);
  }

  /** Replaces how many events are kept. */
  public EngineOptions withEventsKept(int replacement) {
    return new EngineOptions(
        inboxCapacity, operationsMax, replacement, inputsPerCycle, probeThreads, closeWait);
  }

  /** Replaces how many operations are taken up at once. */
  public EngineOptions withInputsPerCycle(int replacement) {
    return new EngineOptions(
        inboxCapacity, operationsMax, eventsKept, replacement, probeThreads, closeWait);
  }

  /** Replaces how many threads ask children whether they are ready; at most 256. */
  public EngineOptions withProbeThreads(int replacement) {
    return new EngineOptions(
        inboxCapacity, operationsMax, eventsKept, inputsPerCycle, replacement, closeWait);
  }

  /** Replaces how long a close waits. */
  public EngineOptions withCloseWait(Duration replacement) {
    return new EngineOptions(
        inboxCapacity, operationsMax, eventsKept, inputsPerCycle, probeThreads, replacement);
  }

  private static void check(String what, int value) {
    if (value < 1 || value > COUNT_MAX) {
      throw new IllegalArgumentException(
          "engine: " + what + " must be 1 to " + COUNT_MAX + ", was " + value);
    }
  }
}
