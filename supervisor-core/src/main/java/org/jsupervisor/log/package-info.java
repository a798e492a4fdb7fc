/** Where output is kept: log directories that rotate and never lose a byte silently. */
package org.jsupervisor.log;
