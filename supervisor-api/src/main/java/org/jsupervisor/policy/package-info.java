/**
 * What an exit leads to: pure decisions from the exit, the history, the time and a random number.
 */
package org.jsupervisor.policy;
