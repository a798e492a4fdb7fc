/** The platform that starts, signals and reaps real processes on Linux. */
package org.jsupervisor.posix;
