/** What a start costs, with this library and its peers. */
package org.jsupervisor.samples.benchmarks.spawn;
