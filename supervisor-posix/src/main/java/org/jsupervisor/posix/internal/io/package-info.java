/**
 * What children write: pipes and notification sockets, the threads that read them, and the sinks
 * that take the bytes.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.io;
