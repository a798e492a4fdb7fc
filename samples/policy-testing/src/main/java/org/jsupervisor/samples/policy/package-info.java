/** A restart policy of one's own, to be tested; the story is in the README of this sample. */
package org.jsupervisor.samples.policy;
