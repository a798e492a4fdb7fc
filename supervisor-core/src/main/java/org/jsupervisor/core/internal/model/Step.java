package org.jsupervisor.core.internal.model;

import java.util.List;
import java.util.Set;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;

/**
 * What a step of the tree comes to.
 *
 * @param model the tree afterwards
 * @param effects orders for the world, in order
 * @param events what has happened, in order
 * @param touched the children that may have changed
 * @param forgotten the last of those that are no longer part of the tree
 */
public record Step(
    TreeModel model,
    List<Effect> effects,
    List<SupervisorEvent> events,
    Set<ChildId> touched,
    List<ChildModel> forgotten) {}
