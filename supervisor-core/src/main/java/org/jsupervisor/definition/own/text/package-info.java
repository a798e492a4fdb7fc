/**
 * The syntax of service files: bytes to keys and values with their lines. The only package that
 * knows Apache Commons Configuration and the parsers of YAML and JSON.
 */
package org.jsupervisor.definition.own.text;
