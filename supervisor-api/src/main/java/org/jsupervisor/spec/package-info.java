/**
 * What should run: immutable, totally validated descriptions of children and of their supervisor.
 */
package org.jsupervisor.spec;
