/**
 * The handle of a running tree and what its operations answer.
 *
 * <p>A <em>spec</em> says what should run; a <em>policy</em> turns an exit into a
 * <em>decision</em>; the engine steps a pure model with one input at a time and gets effects; a
 * <em>platform</em> carries effects out and reports back; <em>events</em> and <em>snapshots</em>
 * are all that leaves.
 */
package org.jsupervisor;
