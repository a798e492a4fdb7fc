/** What has happened: immutable records, in causal order for each child. */
package org.jsupervisor.event;
