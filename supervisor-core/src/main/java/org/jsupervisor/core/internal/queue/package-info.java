/** The queue between everybody and the engine. The only place that names JCTools. */
package org.jsupervisor.core.internal.queue;
