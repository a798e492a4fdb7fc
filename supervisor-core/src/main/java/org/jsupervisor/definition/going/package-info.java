/** Definitions of going, a small supervisor; {@code docs/formats/going.md}. */
package org.jsupervisor.definition.going;
