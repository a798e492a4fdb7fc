/** What is: immutable views of the tree and of each child, published at every change. */
package org.jsupervisor.snapshot;
