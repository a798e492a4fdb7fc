/**
 * Live processes: who they are, how they are signalled, and how their end is noticed.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.reap;
