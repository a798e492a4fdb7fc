/**
 * What operators want of the children, kept in a file: who was told to be down, stays down when the
 * host begins again. Nothing here is needed to run a tree.
 */
package org.jsupervisor.wish;
