/** Where the bytes go that a child writes. */
package org.jsupervisor.output;
