/**
 * What becomes of children when their host is gone: the token that marks them, the table that says
 * who lives, and the process that waits for the end of the host.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.guard;
