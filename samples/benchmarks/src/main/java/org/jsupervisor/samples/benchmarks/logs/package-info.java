/** What it costs to write a log. */
@NullMarked
package org.jsupervisor.samples.benchmarks.logs;

import org.jspecify.annotations.NullMarked;
