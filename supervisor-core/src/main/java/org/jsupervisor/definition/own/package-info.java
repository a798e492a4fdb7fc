/** This library's own service files, in several syntaxes with one list of keys. */
package org.jsupervisor.definition.own;
