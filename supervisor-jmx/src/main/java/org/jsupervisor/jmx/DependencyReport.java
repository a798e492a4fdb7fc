package org.jsupervisor.jmx;

import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.snapshot.Phase;
import org.jsupervisor.spec.WhenLost;

/**
 * A service that must be there before another is started, as JMX tells it. A client gets it as
 * {@code CompositeData} with enums as strings.
 *
 * @param on the address of that service
 * @param bean its bean; null if it has none
 * @param whenLost what becomes of the service that depends on it when it is lost
 * @param phase what it is now; null if it is not part of the tree
 * @param ready whether it is ready now
 */
@SuppressWarnings("exports") // Nullable is needed by nobody at run time
public record DependencyReport(
    String on,
    @Nullable ObjectName bean,
    WhenLost whenLost,
    @Nullable Phase phase,
    boolean ready) {}
