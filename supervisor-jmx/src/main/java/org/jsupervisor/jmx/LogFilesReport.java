package org.jsupervisor.jmx;

import org.jspecify.annotations.Nullable;

/**
 * A log directory of a service, as JMX tells it. The sizes are those that its writer knows, without
 * a look at the disk: null before it has written since the start of the host.
 *
 * @param place the directory
 * @param currentBytes how big the file is that is written; null if not known
 * @param oldFiles how many old files there are; null if not known
 * @param oldBytes how big they are together; null if not known
 * @param fileBytesMax at which size a file becomes an old one
 * @param oldFilesMax how many old files are kept
 * @param oldBytesMax how big the old files may be together; null without such a limit
 */
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public record LogFilesReport(
    String place,
    @Nullable Long currentBytes,
    @Nullable Integer oldFiles,
    @Nullable Long oldBytes,
    long fileBytesMax,
    int oldFilesMax,
    @Nullable Long oldBytesMax) {}
