/**
 * Launch steps: what the host does itself before a start, and the chain of small programs that do
 * the rest in the new process.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
package org.jsupervisor.posix.internal.step;
