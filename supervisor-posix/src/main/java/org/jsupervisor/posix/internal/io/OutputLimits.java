package org.jsupervisor.posix.internal.io;

import java.time.Duration;

/**
 * The bounds of reading what children write.
 *
 * @param threads how many threads read
 * @param standIns how many threads more there may be while sinks do not come back
 * @param bufferBytes how much one read takes at most
 * @param turnBytes how much one source may deliver before the others have their turn
 * @param largePipes how many pipes may be large at one time
 * @param lossInterval how often the loss of one source is reported at most
 * @param drainWait how long output is still read when the platform is closed
 */
public record OutputLimits(
    int threads,
    int standIns,
    int bufferBytes,
    int turnBytes,
    int largePipes,
    Duration lossInterval,
    Duration drainWait) {}
