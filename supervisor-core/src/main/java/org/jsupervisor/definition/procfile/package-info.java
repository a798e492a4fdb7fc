/** Definitions in Procfiles, as foreman and others run them; {@code docs/formats/procfile.md}. */
package org.jsupervisor.definition.procfile;
