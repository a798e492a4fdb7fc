/**
 * What is on disk, turned into specs: the port that readers of definitions implement, and what all
 * of them need.
 */
package org.jsupervisor.definition;
