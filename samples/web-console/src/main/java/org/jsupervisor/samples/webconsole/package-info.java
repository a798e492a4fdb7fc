/** The supervision tree in a browser, through Jolokia. */
package org.jsupervisor.samples.webconsole;
