package org.jsupervisor.jmx;

/**
 * The restarts of a service by what led to them, as JMX tells them; counters that never decrease.
 *
 * @param byItself its run had ended by itself
 * @param afterStop its run had been asked to stop, and was wanted again
 * @param startTimeouts it had not become ready in its time
 * @param watchdogs it had missed its watchdog
 * @param launchFailures it could not be launched
 * @param withGroup a sibling had failed, and its group was restarted
 * @param asked somebody asked for it; not counted in {@code RestartCount}
 */
public record RestartReport(
    long byItself,
    long afterStop,
    long startTimeouts,
    long watchdogs,
    long launchFailures,
    long withGroup,
    long asked) {}
