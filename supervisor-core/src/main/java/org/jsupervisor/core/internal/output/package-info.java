/** What stands between a child's pipes and the places where its output is kept. */
package org.jsupervisor.core.internal.output;
