/** Where an embedder starts a tree, and the limits that it sets. */
package org.jsupervisor.core;
