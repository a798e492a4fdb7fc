/**
 * {@code svcdef} definitions: portable ones that describe a daemon by environment directories, with
 * settings by version, and share the templates that run it.
 */
package org.jsupervisor.definition.svcdef;
