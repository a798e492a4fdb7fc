/** Source directories of s6-rc: oneshots, longruns and bundles, with dependencies and pipelines. */
package org.jsupervisor.definition.s6rc;
