/** The scan directory: read as a whole, and followed by a running supervisor. */
package org.jsupervisor.scan;
