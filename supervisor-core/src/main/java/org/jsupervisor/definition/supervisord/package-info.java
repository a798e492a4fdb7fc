/** Definitions of supervisord; {@code docs/formats/supervisord.md}. */
package org.jsupervisor.definition.supervisord;
