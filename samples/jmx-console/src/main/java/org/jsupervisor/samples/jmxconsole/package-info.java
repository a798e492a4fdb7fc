/** A terminal console for trees in JMX. */
package org.jsupervisor.samples.jmxconsole;
