/**
 * A tree that follows a directory of definitions: what would change, what was changed, and how to
 * ask for it. The definitions themselves are in supervisor-core.
 */
package org.jsupervisor.rescan;
