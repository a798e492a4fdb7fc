/**
 * The one writer: takes inputs from the inbox, the platform and the deadlines, steps the model,
 * carries effects out, publishes the result.
 */
package org.jsupervisor.core.internal.engine;
