/**
 * What is on disk, turned into specs: the port for readers, and this library's own service files.
 */
package org.jsupervisor.definition;
