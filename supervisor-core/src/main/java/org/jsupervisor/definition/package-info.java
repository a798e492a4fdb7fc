/**
 * What is on disk, turned into specs: service directories of daemontools, runit and s6, and service
 * files of this library's own.
 */
package org.jsupervisor.definition;
