package org.jsupervisor.jmx;

/**
 * What a plan says of one service.
 *
 * @param action {@code START}, {@code STOP}, {@code RESTART} or {@code KEEP}
 * @param service its address in the tree
 * @param origin the entry of the directory that says so, or from which the service came
 * @param reason why, one phrase; shows no value of a definition
 */
public record ChangeReport(String action, String service, String origin, String reason) {}
