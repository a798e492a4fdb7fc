/**
 * The protocol of {@code sd_notify}: what the messages of a child mean.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.notify;
