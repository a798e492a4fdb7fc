package org.jsupervisor.jmx.internal;

import javax.management.ObjectName;

/** The names of the beans of one child, parsed once: consoles read them at each look. */
record ServiceNames(ObjectName service, ObjectName log, ObjectName health) {}
