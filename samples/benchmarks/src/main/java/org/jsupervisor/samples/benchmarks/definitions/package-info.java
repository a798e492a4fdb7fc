/** What it costs to read a scan directory. */
@NullMarked
package org.jsupervisor.samples.benchmarks.definitions;

import org.jspecify.annotations.NullMarked;
