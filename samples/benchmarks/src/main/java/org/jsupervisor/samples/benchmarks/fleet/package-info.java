/** What many live children cost, with this library and with a thread for each of them. */
package org.jsupervisor.samples.benchmarks.fleet;
