package org.jsupervisor.posix.internal.step;

import java.util.Optional;

/**
 * A change of root, and what the same program must do with it.
 *
 * @param root as the host sees it
 * @param directory the working directory inside it, absolute
 * @param ids the user to become afterwards, which a tool inside need not know
 */
record NewRoot(String root, String directory, Optional<Ids> ids) {}
