package org.jsupervisor.definition.own;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file and all that it includes say, laid over each other: what is nearer to the first file
 * goes before what is farther.
 *
 * @param namesServices whether the first file itself says which services there are, be it none
 * @param own the keys of services at the top of the first file
 * @param defaults for what a service does not say
 * @param services in the order of the files, without defaults
 * @param settings by name
 * @param parametric the files whose values may have parameters
 */
record Layers(
    boolean namesServices,
    List<Entry> own,
    List<Entry> defaults,
    List<Service> services,
    Map<String, Entry> settings,
    Set<String> parametric) {}
