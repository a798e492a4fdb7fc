/**
 * A running tree in JMX.
 *
 * <p>{@link org.jsupervisor.jmx.SupervisorMBeans#register} puts these beans into an MBean server;
 * the keys of a name always come in this order:
 *
 * <ul>
 *   <li>{@code org.jsupervisor:type=Supervisor,name=S} for the tree: {@link
 *       org.jsupervisor.jmx.SupervisorMXBean}
 *   <li>{@code org.jsupervisor:type=Service,supervisor=S,name=N} for each child: {@link
 *       org.jsupervisor.jmx.ServiceMXBean}; the supervisor of a nested child {@code web/api} is the
 *       dotted path {@code S.web}; should two children meet in one name, only the first has a bean,
 *       and {@code MissingServiceCount} tells
 *   <li>the same name with {@code ,view=Log} and {@code ,view=Health} for more about the child:
 *       {@link org.jsupervisor.jmx.ServiceLogMXBean}, {@link
 *       org.jsupervisor.jmx.ServiceHealthMXBean}
 *   <li>{@code org.jsupervisor:type=Engine,supervisor=S} and {@code
 *       org.jsupervisor:type=Platform,supervisor=S}: {@link org.jsupervisor.jmx.EngineMXBean},
 *       {@link org.jsupervisor.jmx.PlatformMXBean}
 * </ul>
 *
 * <p>All values are open types, so a client needs none of these classes. No operation takes a
 * command line, a path or a class name, and none waits without a limit. Attributes are the truth,
 * notifications are hints: those that a slow listener here makes us drop are counted in {@code
 * NotificationsDropped}, and the newest state is told in their place; those that a connector drops
 * leave a gap in the sequence numbers.
 */
package org.jsupervisor.jmx;
