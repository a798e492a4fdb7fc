/** The port between the engine and an operating system (or a simulation of one). */
package org.jsupervisor.platform;
