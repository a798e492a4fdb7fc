/**
 * The start of processes: what is executed, how, and why it failed.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.spawn;
