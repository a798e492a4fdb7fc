/** Sinks as definitions describe them, which themselves know nothing of logs; not exported. */
package org.jsupervisor.sink;
