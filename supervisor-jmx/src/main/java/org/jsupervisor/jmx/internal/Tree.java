package org.jsupervisor.jmx.internal;

import java.time.InstantSource;
import org.jsupervisor.Supervisor;

/**
 * A tree with the names of its beans, and the clock by which they tell how long something takes.
 */
record Tree(Supervisor supervisor, BeanNames names, InstantSource clock) {}
