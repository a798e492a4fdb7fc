/**
 * What {@code /proc} tells of a process.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.proc;
