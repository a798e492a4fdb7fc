package org.jsupervisor.jmx;

import org.jsupervisor.snapshot.DestinationSnapshot;

/**
 * One place where the output of a service is kept, as JMX tells it. A client gets it as {@code
 * CompositeData} with the enum as a string.
 *
 * @param place the log directory, or the name of the sink
 * @param state {@code OK}; {@code BEHIND} if something has been waiting for a second; {@code
 *     FAILING} if it has refused the newest bytes
 * @param waitingBytes what is held back for it
 * @param lostBytes what it will never have, since the service got the output that it has now
 * @param lastFailure why the last bytes were refused or lost; empty if there was no failure
 */
public record DestinationReport(
    String place,
    DestinationSnapshot.State state,
    long waitingBytes,
    long lostBytes,
    String lastFailure) {}
