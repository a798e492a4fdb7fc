/**
 * Asks whether children are ready, for those that do not say so themselves.
 *
 * <p>This package is internal and hence not for public use: it may change at any time.
 */
@org.jspecify.annotations.NullMarked
package org.jsupervisor.core.internal.probe;
