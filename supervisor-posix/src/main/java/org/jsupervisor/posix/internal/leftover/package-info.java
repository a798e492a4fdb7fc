/**
 * What a run has left behind outside its process group: how it is found, and ended.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.leftover;
