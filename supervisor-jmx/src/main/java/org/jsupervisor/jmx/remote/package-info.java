/**
 * A connector for consoles on other machines, or of other users: nothing listens unless it is
 * opened here, and then with TLS, with roles, and with a record of who did what.
 */
package org.jsupervisor.jmx.remote;
