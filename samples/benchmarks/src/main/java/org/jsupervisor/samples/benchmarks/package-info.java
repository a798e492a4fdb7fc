/** How fast the model and the engine step. Not part of the build's tests: noise decides nothing. */
package org.jsupervisor.samples.benchmarks;
